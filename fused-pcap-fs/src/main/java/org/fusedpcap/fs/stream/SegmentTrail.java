package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settled segments of one stream: where each byte of them can be read again. Not thread-safe;
 * belongs to a stream and is used under its lock.
 */
final class SegmentTrail {

    private sealed interface Source {
        Path path();
    }

    private record InFile(Place place, Rewriting rewriting, BeginningMark mark) implements Source {
        @Override
        public Path path() {
            return place.path();
        }
    }

    private record InMemory(Path path, ByteBuffer bytes) implements Source {}

    /** Unpacked bytes, as far as they are kept. */
    private record Unpacked(Path path, SegmentFile file, Rewriting rewriting) implements Source {}

    /** Unpacked bytes of a small segment. */
    private record Copied(Path path, CopiedShare share) implements Source {}

    private record Gone(Path path) implements Source {}

    /**
     * A stream that is followed for months passes more segments than anybody reads again: so many
     * are remembered, of some 300 bytes each.
     */
    private static final int MOST_FOLLOWED = 4096;

    /** One answer may span very many tiny segments; so many of them are held for it. */
    private static final int MOST_HELD = 64;

    private final SegmentFiles files;
    private final int most;
    private final StreamLayout layout = new StreamLayout();
    private final List<Source> sources = new ArrayList<>();

    /** Segments held until a read that is under way has their bytes. */
    private final Map<Source, SegmentFile> held = new IdentityHashMap<>();

    private long heldBehind = Long.MAX_VALUE;

    private record Reread(InFile source, SegmentFile segment) {}

    /**
     * The segment whose records were rewritten once more for the last read. It stays open for the
     * next one, which would have to scan it from its beginning again.
     */
    private Optional<Reread> reread = Optional.empty();

    /** The latest compressed segments. */
    private final UnpackedSegments unpacked = new UnpackedSegments();

    /**
     * @param most how many segments, and rests of segments in memory, are remembered, at least 2
     */
    SegmentTrail(SegmentFiles files, int most) {
        this.files = files;
        this.most = most;
    }

    /** A trail that remembers all segments. */
    static SegmentTrail remembering(SegmentFiles files) {
        return new SegmentTrail(files, Integer.MAX_VALUE);
    }

    /** A trail that forgets the oldest segments once there are very many. */
    static SegmentTrail forgetting(SegmentFiles files) {
        return new SegmentTrail(files, MOST_FOLLOWED);
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
    void settle(
            SegmentFile segment,
            Place place,
            Rewriting rewriting,
            Beginning beginning,
            long fileStart,
            long length)
            throws IOException {
        if (!segment.isInFile()) {
            settleUnpacked(segment, rewriting, fileStart, length);
            return;
        }
        BeginningMark mark = BeginningMark.of(segment.opened(), beginning);
        Source source = new InFile(place, rewriting, mark);
        settle(source, fileStart, length);
        if (length > 0 && layout.end() > heldBehind && held.size() < MOST_HELD) {
            segment.retain();
            held.put(source, segment);
        }
    }

    private void settleUnpacked(
            SegmentFile segment, Rewriting rewriting, long fileStart, long length)
            throws IOException {
        if (length == 0) {
            return;
        }
        if (length <= CopiedShare.LONGEST) {
            CopiedShare share = CopiedShare.of(segment, rewriting, fileStart, (int) length);
            settle(new Copied(segment.path(), share), 0, length);
            unpacked.add(share, layout.end(), heldBehind);
        } else {
            settle(new Unpacked(segment.path(), segment, rewriting), fileStart, length);
            unpacked.add(segment, layout.end(), heldBehind);
        }
    }

    /**
     * From now on, holds segments that are settled with bytes behind a stream offset.
     *
     * @param known stream offset behind all that is known
     */
    void holdBehind(long streamOffset, long known) {
        heldBehind = streamOffset;
        // Who asks for more than there is has come no further than to its end.
        unpacked.forgetBefore(Math.min(streamOffset, known));
        if (streamOffset >= end()) {
            dropReread();
        }
    }

    private void dropReread() {
        reread.ifPresent(kept -> kept.segment().release());
        reread = Optional.empty();
    }

    /** Lets go of all that is kept for reads to come. */
    void close() {
        holdNothing();
        dropReread();
        unpacked.close();
    }

    /** Lets go of the segments held. */
    void holdNothing() {
        heldBehind = Long.MAX_VALUE;
        held.values().forEach(SegmentFile::release);
        held.clear();
    }

    /** Settles a share of which nothing is left in the file. */
    void settleGone(SegmentFile segment, long length) {
        settle(new Gone(segment.path()), 0, length);
    }

    /** Settles bytes in memory, which were in the segment's file. */
    void settle(SegmentFile segment, ByteBuffer bytes) {
        settle(new InMemory(segment.path(), bytes), 0, bytes.remaining());
    }

    private void settle(Source source, long fileStart, long length) {
        if (length == 0) {
            return;
        }
        if (sources.size() == most) {
            // Half of them at once, so that moving the others up is rare.
            layout.forget(most / 2);
            sources.subList(0, most / 2).clear();
        }
        sources.add(source);
        layout.settle(fileStart, length);
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
        if (sources.get(number) instanceof Copied copied && !copied.share().isForgotten()) {
            return copied.share().recordEndBefore((int) (to + shift)) - shift;
        }
        return withScan(number, shift, scan -> scan.lastEndBefore(to + shift));
    }

    /** The stream offset where the record ends that begins at another one. */
    long recordEndBehind(long from) throws IOException {
        int number = layout.segmentAt(from);
        long shift = layout.fileOffset(number, from) - from;
        if (sources.get(number) instanceof Copied copied && !copied.share().isForgotten()) {
            return copied.share().recordEndBehind((int) (from + shift)) - shift;
        }
        return withScan(number, shift, scan -> scan.endOfRecordAt(from + shift + 1));
    }

    @FunctionalInterface
    private interface ScanQuestion {
        long ask(RecordScan scan) throws IOException;
    }

    /** The stream offset of a place in a segment's file; of what is in memory it is the end. */
    private long withScan(int number, long shift, ScanQuestion question) throws IOException {
        if (sources.get(number) instanceof Unpacked source && unpacked.has(source.file())) {
            return question.ask(source.file().scan()) - shift;
        }
        if (!(sources.get(number) instanceof InFile source)) {
            return layout.end(number);
        }
        SegmentFile segment = open(source);
        try {
            if (segment.header().isEmpty()) {
                throw new IOException(source.path() + " has lost its header");
            }
            segment.scan().advance(Long.MAX_VALUE);
            return question.ask(segment.scan()) - shift;
        } finally {
            segment.release();
        }
    }

    /**
     * Collects settled bytes.
     *
     * @param from stream offset of the first
     * @param to stream offset behind the last, not behind {@link #end}
     * @throws IOException if the file that held some of them is gone or another one now, or the
     *     stream has forgotten which one it was
     */
    void collect(long from, long to, ByteSink sink) throws IOException {
        if (from < layout.begin()) {
            throw new IOException(
                    "offset " + from + " lies too far back; " + layout.begin() + " is the first");
        }
        long at = from;
        while (at < to) {
            int number = layout.segmentAt(at);
            int length = (int) (Math.min(to, layout.end(number)) - at);
            collect(sources.get(number), layout.fileOffset(number, at), length, sink);
            at += length;
        }
    }

    private void collect(Source source, long offset, int length, ByteSink sink) throws IOException {
        if (source instanceof InMemory memory) {
            sink.add(memory.bytes().slice((int) offset, length));
        } else if (source instanceof InFile file) {
            collect(file, offset, length, sink);
        } else if (source instanceof Unpacked passed) {
            if (!unpacked.has(passed.file())) {
                throw new WindowPassedException(passed.path(), offset);
            }
            sink.add(passed.file(), passed.rewriting(), offset, length);
        } else if (source instanceof Copied copied) {
            sink.add(
                    copied.share()
                            .bytes((int) offset, length)
                            .orElseThrow(() -> new WindowPassedException(copied.path(), offset)));
        } else if (source instanceof Gone gone) {
            throw new IOException(gone.path() + " was overwritten since it was read");
        }
    }

    private void collect(InFile source, long offset, int length, ByteSink sink) throws IOException {
        SegmentFile segment = open(source);
        try {
            sink.add(segment, source.rewriting(), offset, length);
            keepRewritten(source, segment);
            // Looked at afterwards: what was copied before was right if the file still is.
            if (!source.mark().isIn(segment) || segment.size() < offset + length) {
                throw new IOException(source.path() + " was overwritten since it was read");
            }
        } finally {
            segment.release();
        }
    }

    private void keepRewritten(InFile source, SegmentFile segment) {
        boolean kept = reread.filter(one -> one.source() == source).isPresent();
        if (source.rewriting() instanceof RecordRewriting && !kept) {
            dropReread();
            segment.retain();
            reread = Optional.of(new Reread(source, segment));
        }
    }

    private Optional<SegmentFile> ready(InFile source) {
        return Optional.ofNullable(held.get(source))
                .or(() -> reread.filter(one -> one.source() == source).map(Reread::segment));
    }

    private SegmentFile open(InFile source) throws IOException {
        Optional<SegmentFile> ready = ready(source);
        if (ready.isPresent()) {
            ready.get().retain();
            return ready.get();
        }
        try {
            return files.open(source.path());
        } catch (NoSuchFileException e) {
            throw new IOException(source.path() + " was deleted since it was read", e);
        }
    }
}
