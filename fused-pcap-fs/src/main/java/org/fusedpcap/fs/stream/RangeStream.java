package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.cluster.pcap.PcapHeader;

/**
 * A stream of the segments from one to another, as they stood when it was opened.
 *
 * <p>Opening looks at each file's status and at no file's content but the first and the last one's
 * header: where the whole records of a segment end is found out when a reader comes to it. Until
 * then a segment that was never scanned is taken to end with a whole record, as nearly all do, so
 * {@link #size} may turn out a little smaller.
 *
 * <p>All methods take the stream's lock; nothing waits under it but the disk.
 */
public final class RangeStream implements SegmentStream {

    private final SegmentFiles files;
    private final EndRule ends;
    private final StreamEvents events;
    private final List<RangeSegment> segments;

    /** Length of the capture header that begins the stream; 0 if no segment has one. */
    private final int headerLength;

    /** Length of the shares from each segment on, as they are expected, in bytes. */
    private final long[] expectedFrom;

    // All below is guarded by this.
    private final SegmentTrail trail;

    /** Number of the segment that the stream has come to. */
    private int reached;

    private Optional<ReadPosition> position = Optional.empty();
    private Optional<PcapHeader> form = Optional.empty();
    private CutRecord cut = CutRecord.NONE;
    private Optional<IOException> failure = Optional.empty();

    private RangeStream(
            List<RangeSegment> segments, SegmentFiles files, EndRule ends, StreamEvents events) {
        this.segments = segments;
        this.files = files;
        this.ends = ends;
        this.events = events;
        this.trail = new SegmentTrail(files);
        this.expectedFrom = expectedShares(segments, files);
        this.headerLength = headerLength(segments);
    }

    /**
     * Opens a range.
     *
     * @param segments from the first to the last, at least one
     * @throws NoSuchFileException if the first or the last one is gone
     * @throws java.nio.file.AccessDeniedException if one of those may not be read
     * @throws InvalidCaptureException if one of those is no capture
     */
    public static RangeStream open(
            List<RangeSegment> segments, SegmentFiles files, EndRule ends, StreamEvents events)
            throws IOException {
        checkHeader(segments.get(0), files);
        checkHeader(segments.get(segments.size() - 1), files);
        return new RangeStream(segments, files, ends, events);
    }

    private static void checkHeader(RangeSegment segment, SegmentFiles files) throws IOException {
        SegmentFile file = files.open(segment.path());
        try {
            file.header();
        } finally {
            file.release();
        }
    }

    private static long[] expectedShares(List<RangeSegment> segments, SegmentFiles files) {
        long[] from = new long[segments.size() + 1];
        for (int i = segments.size() - 1; i >= 0; i--) {
            from[i] = from[i + 1] + segments.get(i).expectedRecords(files);
        }
        return from;
    }

    /**
     * Length that a stream of these segments would have, as it is expected by what is known now.
     */
    public static long expectedSize(List<RangeSegment> segments, SegmentFiles files) {
        return headerLength(segments) + expectedShares(segments, files)[0];
    }

    private static int headerLength(List<RangeSegment> segments) {
        boolean anyHeader =
                segments.stream()
                        .anyMatch(
                                segment ->
                                        segment.identity().size() >= PcapFormat.FILE_HEADER_LENGTH);
        return anyHeader ? PcapFormat.FILE_HEADER_LENGTH : 0;
    }

    /** What the segments were at open. */
    public List<RangeSegment> segments() {
        return segments;
    }

    /** Length of the whole stream in bytes, as it is expected by what is known now. */
    public synchronized long size() {
        if (failure.isPresent()) {
            return trail.end();
        }
        long header = trail.end() == 0 ? headerLength : 0;
        return trail.end() + header + expectedFrom[reached];
    }

    /** Why the stream cannot go on where {@link #size} ends, if it cannot. */
    public synchronized Optional<IOException> failure() {
        return failure;
    }

    /** Whether all segments have been reached, so that {@link #size} is final. */
    public synchronized boolean isMeasured() {
        return reached == segments.size() || failure.isPresent();
    }

    @Override
    public synchronized ReadResult read(long streamOffset, int length) {
        try {
            extend(streamOffset + length);
            long known = knownEnd();
            if (streamOffset < known) {
                return collect(streamOffset, Math.min(streamOffset + length, known));
            }
            return streamOffset > known ? ReadResult.Nothing.BEYOND : behindKnown();
        } catch (IOException e) {
            return new ReadResult.Failed(e);
        }
    }

    @Override
    public synchronized long available(long atLeast) throws IOException {
        extend(atLeast);
        if (failure.isPresent() && knownEnd() < atLeast) {
            throw failure.get();
        }
        return knownEnd();
    }

    @Override
    public synchronized SegmentSlice readSegment(long streamOffset, int length) {
        try {
            extend(streamOffset + length);
            if (streamOffset >= knownEnd()) {
                return SegmentSlice.of(segment(), behindKnown());
            }
            return new RecordSlices(trail, position).collect(streamOffset, length, this::collect);
        } catch (IOException e) {
            return SegmentSlice.of(segment(), new ReadResult.Failed(e));
        }
    }

    @Override
    public synchronized Optional<String> nextSegment() {
        return reached + 1 < segments.size()
                ? Optional.of(segments.get(reached + 1).name())
                : Optional.empty();
    }

    private long knownEnd() {
        return trail.end() + position.map(ReadPosition::share).orElse(0L);
    }

    private ReadResult behindKnown() {
        return failure.<ReadResult>map(ReadResult.Failed::new).orElse(ReadResult.Nothing.END);
    }

    private ReadResult collect(long from, long to) throws IOException {
        PieceList pieces = new PieceList();
        try {
            long settled = trail.end();
            if (from < settled) {
                trail.collect(from, Math.min(to, settled), pieces);
            }
            if (to > settled) {
                ReadPosition current = position.orElseThrow();
                current.collect(Math.max(from, settled) - settled, to - settled, pieces);
                if (to - settled > cut.shareOffset()) {
                    cut = current.cutRecordAt(to - settled);
                }
            }
            return pieces.toData();
        } catch (IOException | RuntimeException e) {
            pieces.release();
            throw e;
        }
    }

    /** Makes the stream known up to an offset, or to its end. */
    private void extend(long target) throws IOException {
        while (failure.isEmpty() && knownEnd() < target && reached < segments.size()) {
            if (position.isEmpty() && !open(segments.get(reached))) {
                reached++;
                continue;
            }
            ReadPosition current = position.orElseThrow();
            current.advance(target - trail.end());
            if (knownEnd() < target) {
                settle(current);
            }
        }
    }

    /** Opens a segment and enters it; false if there is nothing to be had from it. */
    private boolean open(RangeSegment segment) throws IOException {
        Optional<ReadPosition> opened = openUnchanged(segment);
        if (opened.isPresent() && !enter(opened.get())) {
            opened.get().release();
            return false;
        }
        position = opened;
        cut = CutRecord.NONE;
        return opened.isPresent();
    }

    private Optional<ReadPosition> openUnchanged(RangeSegment segment) throws IOException {
        try {
            ReadPosition opened =
                    ReadPosition.open(files, segment.path(), segment.identity().size());
            if (opened.file().opened().isSameFile(segment.identity())) {
                return Optional.of(opened);
            }
            opened.release();
            events.skipped(segment.path(), "it is another file since the range was opened");
        } catch (NoSuchFileException e) {
            events.missed(segments.get(Math.max(0, reached - 1)).name(), segment.name());
        } catch (AccessDeniedException e) {
            events.skipped(segment.path(), "it may not be read");
        }
        return Optional.empty();
    }

    private boolean enter(ReadPosition opened) throws IOException {
        Optional<PcapHeader> header;
        try {
            header =
                    segments.get(reached).identity().size() < PcapFormat.FILE_HEADER_LENGTH
                            ? Optional.empty()
                            : opened.header();
        } catch (InvalidCaptureException e) {
            events.skipped(segments.get(reached).path(), e.getMessage());
            return false;
        }
        if (header.isEmpty()) {
            return false;
        }
        if (form.isEmpty()) {
            form = header;
            opened.enterWithHeader();
            return true;
        }
        if (form.get().hasSameRecordForm(header.get())) {
            opened.enterBehindHeader();
            return true;
        }
        fail(opened.name(), form.get().differenceTo(header.get()));
        return false;
    }

    private void fail(String next, String why) {
        String last = segments.get(Math.max(0, reached - 1)).name();
        events.incompatible(last, next, why);
        ends.ended(last, Optional.of(next));
        failure = Optional.of(new IOException(next + " cannot follow " + last + ": " + why));
    }

    private void settle(ReadPosition current) throws IOException {
        if (current.isReplaced()) {
            events.replaced(current.name(), current.endInFile());
            current.settleOverwrittenInto(trail, cut);
        } else {
            current.settleInto(trail, events);
        }
        current.release();
        position = Optional.empty();
        reached++;
    }

    @Override
    public boolean isEnded() {
        return true;
    }

    @Override
    public synchronized String segment() {
        return segments.get(Math.min(reached, segments.size() - 1)).name();
    }

    @Override
    public void addWaker(Runnable waker) {
        // A range never has a reader wait: everything it has is there.
    }

    @Override
    public void removeWaker(Runnable waker) {
        // See addWaker.
    }

    @Override
    public synchronized void close() {
        position.ifPresent(ReadPosition::release);
        position = Optional.empty();
        failure = Optional.of(new IOException("the stream is closed"));
    }
}
