package org.fusedpcap.fs.stream;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The compressed segments that a stream has left, for as long as its reader may go back to them:
 * large ones are held as they were unpacked, of small ones there is a copy. Not thread-safe;
 * belongs to a stream and is used under its lock.
 */
final class UnpackedSegments {

    /** So much is kept of several segments; one alone keeps what it has. */
    private static final int MOST = 12 << 20;

    /** So much is kept of small ones, which lie on the heap. */
    private static final int MOST_COPIED = 2 << 20;

    /** What a scan keeps besides, in bytes. */
    private static final int SCAN = 64 * 1024;

    private record Left(SegmentFile file, long end) {}

    private record LeftCopy(CopiedShare share, long end) {}

    private final Deque<Left> segments = new ArrayDeque<>();
    private final Deque<LeftCopy> copies = new ArrayDeque<>();

    /** Memory of the copies, in bytes. */
    private long copied;

    /**
     * Holds a segment.
     *
     * @param end stream offset behind it
     * @param needed stream offset from which on all is needed just now
     */
    void add(SegmentFile file, long end, long needed) {
        file.retain();
        segments.add(new Left(file, end));
        while (segments.size() > 1 && memory() > MOST && segments.getFirst().end() <= needed) {
            segments.removeFirst().file().release();
        }
    }

    /**
     * Keeps a copy.
     *
     * @param end stream offset behind it
     * @param needed stream offset from which on all is needed just now
     */
    void add(CopiedShare share, long end, long needed) {
        copies.add(new LeftCopy(share, end));
        copied += share.memory();
        while (copied > MOST_COPIED && copies.getFirst().end() <= needed) {
            forgetCopy();
        }
    }

    private void forgetCopy() {
        CopiedShare share = copies.removeFirst().share();
        copied -= share.memory();
        share.forget();
    }

    private long memory() {
        return segments.stream().mapToLong(left -> left.file().kept() + SCAN).sum();
    }

    /** Lets go of what lies too far before the place where a reader is. */
    void forgetBefore(long streamOffset) {
        long kept = streamOffset - Unpacking.BACK;
        while (!segments.isEmpty() && segments.getFirst().end() <= kept) {
            segments.removeFirst().file().release();
        }
        while (!copies.isEmpty() && copies.getFirst().end() <= kept) {
            forgetCopy();
        }
    }

    /** Whether a segment is held. */
    boolean has(SegmentFile file) {
        return segments.stream().anyMatch(left -> left.file() == file);
    }

    /** Lets go of all. */
    void close() {
        segments.forEach(left -> left.file().release());
        segments.clear();
        copies.forEach(left -> left.share().forget());
        copies.clear();
        copied = 0;
    }
}
