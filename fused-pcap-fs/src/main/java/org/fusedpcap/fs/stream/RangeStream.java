package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.series.Backlog;

/**
 * A stream of the segments from one to another, as they stood when it was opened.
 *
 * <p>Opening looks at each file's status and at no file's content but the first and the last one's
 * header: where the whole records of a segment end is found out when a reader comes to it. Until
 * then a segment that was never scanned is taken to end with a whole record, as nearly all do, so
 * {@link #size} may turn out a little smaller.
 *
 * <p>All methods but {@link #progress} take the stream's lock; nothing waits under it but the disk.
 */
public final class RangeStream implements SegmentStream {

    private final EndRule ends;
    private final StreamEvents events;
    private final List<RangeSegment> segments;

    private final RangeSize size;

    // All below is guarded by this, but for what is volatile in it, which progress looks at.
    private final KnownBytes known;
    private final PieceReads pieces;
    private final RecordReads records;

    private final RangeFiles opening;

    /**
     * Number of the segment that the stream has come to; written under the lock, read by anybody.
     */
    private volatile int reached;

    /** Number of the segment of which it was told that it cannot be read; none was: -1. */
    private int unreadable = -1;

    private final StreamForm form;
    private String lastRead;
    private Optional<IOException> failure = Optional.empty();
    private boolean closed;

    private final Stride stride = new Stride();

    private RangeStream(
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

    /**
     * Opens a range.
     *
     * @param found the segments from the first to the last, at least one
     * @param reader whose rights count
     * @param unknownSize what is said of the size as long as it {@linkplain #isSizeKnown cannot be
     *     known}
     * @throws java.nio.file.NoSuchFileException if the first or the last one is gone
     * @throws java.nio.file.AccessDeniedException if one of those may not be read, or the reader
     *     may not read one of all
     * @throws InvalidCaptureException if one of those is no capture
     */
    public static RangeStream open(
            List<RangeSegment> found,
            SegmentFiles files,
            User reader,
            EndRule ends,
            StreamEvents events,
            long unknownSize)
            throws IOException {
        RangeSegment.requireReadable(found, reader);
        List<RangeSegment> segments = files.share(found);
        RangeFiles opening = RangeFiles.look(segments, files, reader, events);
        return new RangeStream(segments, opening, files, ends, events, unknownSize);
    }

    /**
     * Length that a stream of these segments would have, as it is expected by what is known now.
     */
    public static long expectedSize(List<RangeSegment> segments, SegmentFiles files) {
        return RangeSize.expected(segments, files);
    }

    /**
     * Whether the length of a stream of these segments can be told by their files' sizes. It cannot
     * if one is compressed, which names tell; of a few segments the first bytes are looked at, too.
     */
    public static boolean isSizeKnown(List<RangeSegment> segments) {
        return RangeSize.isKnown(segments);
    }

    /** Whether the stream's length can be told by its files' sizes. */
    public boolean isSizeKnown() {
        return size.isKnown();
    }

    /** What the segments were at open. */
    public List<RangeSegment> segments() {
        return segments;
    }

    /**
     * Length of the whole stream in bytes, as it is expected by what is known now; if that cannot
     * be told before all was read, the size that it was opened with.
     */
    public synchronized long size() {
        long settled = known.settledEnd();
        return failure.isPresent() ? settled : size.told(settled, reached);
    }

    /**
     * Like {@link #size}, and exact where little of the stream is left to be measured: who asks
     * there is about to read to the end, and a size that is told once must not prove wrong.
     */
    public synchronized long sizeNearEnd() {
        if (!closed && !isMeasured()) {
            size.measureNearEnd(reached);
        }
        return size();
    }

    /** Why the stream cannot go on where {@link #size} ends, if it cannot. */
    public synchronized Optional<IOException> failure() {
        return failure;
    }

    /** Whether all segments have been reached, so that {@link #size} is final. */
    public synchronized boolean isMeasured() {
        return reached == segments.size() || failure.isPresent();
    }

    /**
     * Makes a part of what lies before the end of a read to come known. That may take long where
     * much is skipped, or many segments are without a record: so it is done step by step, for the
     * reader may be interrupted in between.
     *
     * @return whether the read may follow
     */
    public synchronized boolean approach(long streamOffset, int length) {
        try {
            return closed
                    || known.approach(streamOffset, length, this::extend) && !stride.isBrokenOff();
        } catch (IOException e) {
            // The read will tell.
            return true;
        }
    }

    /** Whether more than is known may be had before an offset. */
    public synchronized boolean mayReach(long streamOffset) {
        return known.end() < streamOffset && !closed && !isMeasured();
    }

    @Override
    public synchronized ReadResult read(long streamOffset, int length) {
        return closed
                ? new ReadResult.Failed(new IOException("the stream is closed"))
                : pieces.read(streamOffset, length, this::extend, this::behindKnown);
    }

    @Override
    public synchronized ReadResult readFully(long streamOffset, int length) {
        return closed
                ? new ReadResult.Failed(new IOException("the stream is closed"))
                : pieces.readFully(streamOffset, length, this::extend, this::behindKnown);
    }

    @Override
    public synchronized long available(long atLeast) throws IOException {
        extend(atLeast, true);
        if (failure.isPresent() && known.end() < atLeast) {
            throw failure.get();
        }
        return known.end();
    }

    @Override
    public synchronized SegmentSlice begin(ByteBuffer dst) {
        SegmentSlice shown =
                records.look(dst, target -> extend(target, true), this::behindKnown, this::segment);
        if (shown instanceof SegmentSlice.Bytes) {
            known.handOut(form.tell());
        }
        return shown;
    }

    @Override
    public synchronized SegmentSlice readSegment(long streamOffset, ByteBuffer dst) {
        return records.read(
                streamOffset,
                dst,
                target -> extend(target, true),
                this::behindKnown,
                this::segment);
    }

    @Override
    public synchronized Optional<String> nextSegment() {
        return reached + 1 < segments.size()
                ? Optional.of(segments.get(reached + 1).name())
                : Optional.empty();
    }

    private ReadResult behindKnown() {
        if (stride.isBrokenOff()) {
            return ReadResult.Nothing.NOT_YET;
        }
        return failure.<ReadResult>map(ReadResult.Failed::new).orElse(ReadResult.Nothing.END);
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

    @Override
    public Progress progress(long streamOffset) {
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
        known.close();
        closed = true;
    }
}
