package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.series.Backlog;

/**
 * How a range goes through its segments. Not thread-safe: used under the stream's lock, but for
 * {@link #progress}.
 */
final class RangeCursor {

    private final EndRule ends;
    private final StreamEvents events;
    private final List<RangeSegment> segments;
    private final RangeSize size;
    private final RangeFiles opening;
    private final KnownBytes known;
    private final PieceReads pieces;
    private final RecordReads records;
    private final StreamForm form;
    private final Stride stride = new Stride();

    /**
     * Number of the segment that the stream has come to; written under the lock, read by anybody.
     */
    private volatile int reached;

    /** Number of the segment of which it was told that it cannot be read; none was: -1. */
    private int unreadable = -1;

    private String lastRead;
    private Optional<IOException> failure = Optional.empty();
    private boolean closed;

    RangeCursor(
            List<RangeSegment> segments,
            RangeFiles opening,
            SegmentFiles files,
            EndRule ends,
            StreamEvents events,
            long unknownSize) {
        this.segments = segments;
        this.ends = ends;
        this.events = events;
        this.opening = opening;
        this.known = new KnownBytes(SegmentTrail.remembering(files));
        this.pieces = new PieceReads(known, stride, LatestBytes.none());
        this.records = new RecordReads(known);
        this.lastRead = segments.get(0).name();
        this.size = new RangeSize(segments, files, unknownSize);
        this.form =
                StreamForm.withSnaplen(events, first -> RangeSnaplen.of(first, segments, files));
    }

    List<RangeSegment> segments() {
        return segments;
    }

    boolean isSizeKnown() {
        return size.isKnown();
    }

    /** See {@link RangeStream#size}. */
    long size() {
        long settled = known.settledEnd();
        return failure.isPresent() ? settled : size.told(settled, reached);
    }

    /** See {@link RangeStream#sizeNearEnd}. */
    long sizeNearEnd() {
        if (!closed && !isMeasured()) {
            size.measureNearEnd(reached);
        }
        return size();
    }

    /** Why the stream cannot go on, if it cannot. */
    Optional<IOException> failure() {
        return failure;
    }

    /** Whether all segments have been reached. */
    boolean isMeasured() {
        return reached == segments.size() || failure.isPresent();
    }

    /** See {@link RangeStream#approach}. */
    boolean approach(long streamOffset, int length) {
        try {
            return closed
                    || known.approach(streamOffset, length, this::extend) && !stride.isBrokenOff();
        } catch (IOException e) {
            // The read will tell.
            return true;
        }
    }

    boolean mayReach(long streamOffset) {
        return known.end() < streamOffset && !closed && !isMeasured();
    }

    ReadResult read(long streamOffset, int length) {
        return closed
                ? new ReadResult.Failed(new IOException("the stream is closed"))
                : pieces.read(streamOffset, length, this::extend, this::behindKnown);
    }

    ReadResult readFully(long streamOffset, int length) {
        return closed
                ? new ReadResult.Failed(new IOException("the stream is closed"))
                : pieces.readFully(streamOffset, length, this::extend, this::behindKnown);
    }

    long available(long atLeast) throws IOException {
        lookAhead(atLeast);
        if (failure.isPresent() && known.end() < atLeast) {
            throw failure.get();
        }
        return known.end();
    }

    SegmentSlice begin(ByteBuffer dst) {
        SegmentSlice shown = records.look(dst, this::lookAhead, this::behindKnown, this::segment);
        if (shown instanceof SegmentSlice.Bytes) {
            known.handOut(form.tell());
        }
        return shown;
    }

    SegmentSlice readRecords(long streamOffset, ByteBuffer dst) {
        return records.read(streamOffset, dst, this::lookAhead, this::behindKnown, this::segment);
    }

    /** Name of the segment that the stream has come to. */
    String segment() {
        return segments.get(Math.min(reached, segments.size() - 1)).name();
    }

    /** Name of the segment behind that one. */
    Optional<String> nextSegment() {
        return reached + 1 < segments.size()
                ? Optional.of(segments.get(reached + 1).name())
                : Optional.empty();
    }

    /** Any thread: see {@link CaptureStream#progress}. */
    Progress progress(long streamOffset) {
        int segment = reached;
        Standing standing = known.standing();
        long expected = size.expected(standing.settledEnd(), segment);
        int last = segments.size() - 1;
        return new Progress(
                segments.get(Math.min(segment, last)).name(),
                standing.packetsBefore(streamOffset),
                size.isKnown() ? OptionalLong.of(expected) : OptionalLong.empty(),
                new Backlog(Math.max(0, last - segment), Math.max(0, expected - streamOffset)));
    }

    void close() {
        known.close();
        closed = true;
    }

    private ReadResult behindKnown() {
        if (stride.isBrokenOff()) {
            return ReadResult.Nothing.NOT_YET;
        }
        return failure.<ReadResult>map(ReadResult.Failed::new).orElse(ReadResult.Nothing.END);
    }

    /** Makes the stream known up to an offset, but stays where a reader has something to get. */
    private void lookAhead(long target) throws IOException {
        extend(target, true);
    }

    /** Makes the stream known up to an offset, or to its end. */
    private void extend(long target) throws IOException {
        extend(target, false);
    }

    /**
     * @param ahead whether to stay in a segment of which no reader has got all, as nobody would
     *     hold the rest
     */
    private void extend(long target, boolean ahead) throws IOException {
        known.position().filter(ReadPosition::isReplaced).ifPresent(this::leaveOverwritten);
        stride.begin();
        while (!closed && failure.isEmpty() && known.end() < target && reached < segments.size()) {
            // Who looks ahead, or for the header, has nobody who could come back.
            if (!ahead && known.end() > 0 && stride.isOver()) {
                stride.breakOff();
                return;
            }
            if (known.position().isPresent() || openNext()) {
                if (!advance(known.position().orElseThrow(), target, ahead)) {
                    return;
                }
            } else if (failure.isEmpty()) {
                step();
            }
        }
    }

    /** Goes on in a segment, and leaves it if there is no more; false if it is to be stayed in. */
    private boolean advance(ReadPosition current, long target, boolean ahead) throws IOException {
        try {
            known.advance(target);
        } catch (IOException e) {
            tellFailure(current.endInFile(), e);
            throw e;
        }
        if (current.isReplaced()) {
            leaveOverwritten(current);
        } else if (known.end() < target) {
            if (ahead && !known.isAllHandedOut()) {
                return false;
            }
            if (isLost(current)) {
                leaveOverwritten(current);
            } else {
                settle(current);
            }
        }
        return true;
    }

    /**
     * Whether what is known of a segment, and nobody has got yet, is not in its file any more. The
     * segment was scanned up to its limit long before, perhaps, and is not looked at by itself.
     */
    private boolean isLost(ReadPosition current) throws IOException {
        return !known.isAllHandedOut() && !current.isPacked() && current.isOverwritten();
    }

    private void settle(ReadPosition current) throws IOException {
        long now = current.file().file().identity().size();
        long there = current.isPacked() ? now : Math.max(now, current.endInFile());
        long lost = segments.get(reached).identity().size() - there;
        if (lost > 0 && !current.isInstead()) {
            events.lost(current.name(), lost);
        }
        known.settle(events);
        lastRead = current.name();
        leave();
    }

    private void leaveOverwritten(ReadPosition current) {
        events.replaced(current.name(), known.handedOutInFile(), current.lastSize());
        known.settleOverwritten();
        if (known.settledEnd() == 0) {
            // Nobody has the header yet: the next segment's begins the stream.
            form.forget();
        }
        lastRead = current.name();
        leave();
    }

    private void leave() {
        known.release();
        step();
    }

    private void step() {
        reached = reached + 1;
        stride.step();
    }

    /** Reports, once, that the segment reached cannot be read from a file offset on. */
    private void tellFailure(long fileOffset, IOException why) {
        if (unreadable != reached && !(why instanceof InvalidCaptureException)) {
            unreadable = reached;
            events.unreadable(segments.get(reached).path(), fileOffset, why);
        }
    }

    private boolean openNext() throws IOException {
        try {
            return openAndEnter();
        } catch (IOException e) {
            tellFailure(0, e);
            throw e;
        }
    }

    /** Opens a segment and enters it; false if there is nothing to be had from it. */
    private boolean openAndEnter() throws IOException {
        Optional<ReadPosition> opened = opening.open(reached, lastRead);
        if (opened.isEmpty()) {
            return false;
        }
        boolean entered = false;
        try {
            entered = enter(opened.get());
            return entered;
        } finally {
            if (entered) {
                known.enter(opened.get());
            } else {
                opened.get().release();
            }
        }
    }

    private boolean enter(ReadPosition opened) throws IOException {
        Optional<CaptureHeader> header = Optional.empty();
        try {
            if (segments.get(reached).mayHaveHeader()) {
                opened.look();
                header = opened.header();
                requireKnownSize(opened);
            }
        } catch (InvalidCaptureException e) {
            opening.skip(segments.get(reached), e.getMessage());
            return false;
        }
        return header.isPresent() && enter(opened, header.get());
    }

    private boolean enter(ReadPosition opened, CaptureHeader header) throws IOException {
        Optional<String> unable = form.enter(opened, header);
        unable.ifPresent(why -> fail(opened.name(), why));
        return unable.isEmpty();
    }

    /** What is compressed unexpectedly is longer than was told, so the kernel would cut it. */
    private void requireKnownSize(ReadPosition opened) throws InvalidCaptureException {
        if (size.isKnown() && opened.isPacked() && !opened.isInstead()) {
            throw new InvalidCaptureException("it is compressed, which its name does not tell");
        }
    }

    private void fail(String next, String why) {
        events.incompatible(lastRead, next, why);
        ends.ended(lastRead, Optional.of(next));
        failure = Optional.of(new IOException(next + " cannot follow " + lastRead + ": " + why));
    }
}
