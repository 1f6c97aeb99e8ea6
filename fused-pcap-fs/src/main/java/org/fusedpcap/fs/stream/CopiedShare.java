package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The share of a small compressed segment as it is in the stream, copied when the segment was left:
 * the unpacked segment itself would take many times as much. Offsets are those in the share. Not
 * thread-safe.
 */
final class CopiedShare {

    /** Longer shares are not worth a copy. */
    static final int LONGEST = 64 * 1024;

    /** What a share takes besides its bytes and records. */
    private static final int OVERHEAD = 256;

    private final int memory;
    private Optional<ByteBuffer> bytes;

    /** Where the first record begins, and each ends. */
    private int[] boundaries;

    private CopiedShare(ByteBuffer bytes, int[] boundaries) {
        this.bytes = Optional.of(bytes);
        this.boundaries = boundaries;
        this.memory = OVERHEAD + bytes.remaining() + boundaries.length * Integer.BYTES;
    }

    /**
     * Copies a share.
     *
     * @param segment unpacked, and scanned to the share's end
     * @param fileStart offset of its first byte in what the segment holds
     * @param length in bytes
     */
    static CopiedShare of(SegmentFile segment, Rewriting rewriting, long fileStart, int length)
            throws IOException {
        ByteBuffer bytes = rewriting.copy(segment, fileStart, length);
        IntStream.Builder boundaries = IntStream.builder();
        long at = segment.scan().firstRecord();
        boundaries.add((int) (at - fileStart));
        while (at < fileStart + length) {
            at = segment.scan().endOfRecordAt(at + 1);
            boundaries.add((int) (at - fileStart));
        }
        return new CopiedShare(bytes, boundaries.build().toArray());
    }

    /** Memory that it takes until it is forgotten, in bytes. */
    int memory() {
        return memory;
    }

    /** Some of its bytes; empty if they were forgotten. */
    Optional<ByteBuffer> bytes(int offset, int length) {
        return bytes.map(all -> all.slice(offset, length));
    }

    /** The last place at or before an offset where a record ends; 0 if there is none. */
    int recordEndBefore(int offset) {
        int found = Arrays.binarySearch(boundaries, offset);
        int last = found >= 0 ? found : -found - 2;
        return last < 0 ? 0 : boundaries[last];
    }

    /** The first place behind an offset, which is inside the share, where a record ends. */
    int recordEndBehind(int offset) {
        int found = Arrays.binarySearch(boundaries, offset + 1);
        return boundaries[found >= 0 ? found : -found - 1];
    }

    /** Lets go of the bytes, though the share may still be known. */
    void forget() {
        bytes = Optional.empty();
        boundaries = new int[0];
    }

    boolean isForgotten() {
        return bytes.isEmpty();
    }
}
