package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.fs.linux.FileIdentity;

/**
 * The settled segments of one stream: where each byte of them can be read again. Not thread-safe;
 * belongs to a stream and is used under its lock.
 */
final class SegmentTrail {

    private sealed interface Source {
        Path path();
    }

    private record InFile(Path path, FileIdentity identity) implements Source {}

    private record InMemory(Path path, ByteBuffer bytes) implements Source {}

    private record Gone(Path path) implements Source {}

    private final SegmentFiles files;
    private final StreamLayout layout = new StreamLayout();
    private final List<Source> sources = new ArrayList<>();

    SegmentTrail(SegmentFiles files) {
        this.files = files;
    }

    /** The stream offset behind what is settled. */
    long end() {
        return layout.end();
    }

    /** Number of segments, and of rests of segments in memory. */
    int size() {
        return sources.size();
    }

    /** Settles a share that can be read again from the segment's file as long as that exists. */
    void settle(SegmentFile segment, long fileStart, long length) {
        if (length > 0) {
            sources.add(new InFile(segment.path(), segment.opened()));
            layout.settle(fileStart, length);
        }
    }

    /** Settles a share of which nothing is left in the file. */
    void settleGone(SegmentFile segment, long length) {
        if (length > 0) {
            sources.add(new Gone(segment.path()));
            layout.settle(0, length);
        }
    }

    /** Settles bytes in memory, which were in the segment's file. */
    void settle(SegmentFile segment, ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            sources.add(new InMemory(segment.path(), bytes));
            layout.settle(0, bytes.remaining());
        }
    }

    /** Name of the settled segment that holds a stream offset before {@link #end}. */
    String nameAt(long streamOffset) {
        return String.valueOf(sources.get(layout.segmentAt(streamOffset)).path().getFileName());
    }

    /** Where the share of the settled segment that holds a stream offset ends. */
    long endOfSegmentAt(long streamOffset) {
        return layout.end(layout.segmentAt(streamOffset));
    }

    /**
     * The last stream offset at or before another one, in one settled segment, where a record ends.
     */
    long recordEndBefore(long from, long to) throws IOException {
        if (to == endOfSegmentAt(from)) {
            return to;
        }
        int number = layout.segmentAt(from);
        long shift = layout.fileOffset(number, from) - from;
        return withScan(number, scan -> scan.lastEndBefore(to + shift)) - shift;
    }

    /** The stream offset where the record ends that begins at another one. */
    long recordEndBehind(long from) throws IOException {
        int number = layout.segmentAt(from);
        long shift = layout.fileOffset(number, from) - from;
        return withScan(number, scan -> scan.endOfRecordAt(from + shift + 1)) - shift;
    }

    private interface ScanQuestion {
        long ask(RecordScan scan) throws IOException;
    }

    private long withScan(int number, ScanQuestion question) throws IOException {
        if (!(sources.get(number) instanceof InFile source)) {
            return layout.end(number);
        }
        SegmentFile segment = open(source);
        try {
            if (segment.header().isEmpty()) {
                throw new IOException(source.path() + " has lost its header");
            }
            segment.scan().advance(Long.MAX_VALUE);
            return question.ask(segment.scan());
        } finally {
            segment.release();
        }
    }

    /**
     * Collects settled bytes.
     *
     * @param from stream offset of the first
     * @param to stream offset behind the last, not behind {@link #end}
     * @throws IOException if the file that held some of them is gone or another one now
     */
    void collect(long from, long to, PieceList pieces) throws IOException {
        long at = from;
        while (at < to) {
            int number = layout.segmentAt(at);
            int length = (int) (Math.min(to, layout.end(number)) - at);
            collect(sources.get(number), layout.fileOffset(number, at), length, pieces);
            at += length;
        }
    }

    private void collect(Source source, long offset, int length, PieceList pieces)
            throws IOException {
        if (source instanceof InMemory memory) {
            pieces.add(memory.bytes().slice((int) offset, length));
        } else if (source instanceof InFile file) {
            collect(file, offset, length, pieces);
        } else {
            throw new IOException(source + " was overwritten since it was read");
        }
    }

    private void collect(InFile source, long offset, int length, PieceList pieces)
            throws IOException {
        SegmentFile segment = open(source);
        try {
            pieces.add(segment, offset, length);
        } finally {
            segment.release();
        }
    }

    private SegmentFile open(InFile source) throws IOException {
        SegmentFile segment = files.open(source.path());
        if (segment.opened().isSameFile(source.identity())) {
            return segment;
        }
        segment.release();
        throw new IOException(source.path() + " is another file since it was read");
    }
}
