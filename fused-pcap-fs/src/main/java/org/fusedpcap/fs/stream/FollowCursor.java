package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.series.Bookmark;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.Series;
import org.fusedpcap.fs.series.SeriesListener;

/**
 * How a followed stream goes through its series. Not thread-safe: used under the stream's lock.
 *
 * <p>A step to the next segment is final. So before it the present one is scanned once more
 * <em>after</em> the next was seen: a writer that has opened the next file has written the present
 * one to its end, unless it still has it open, for which it is given a moment ({@link LateWriter}).
 *
 * <p>A file that is written anew in place becomes another, later segment. That is noticed in two
 * ways: the file is not what was scanned ({@link RecordScan}), or, where nothing was scanned yet,
 * the series tells ({@link RestartCheck}).
 */
final class FollowCursor {

    /** Behind whatever a stream has. */
    private static final long NOWHERE = Long.MAX_VALUE;

    private final Series series;
    private final Bookmark bookmark;
    private final SegmentFiles files;
    private final User reader;
    private final EndRule ends;
    private final StreamEvents events;
    private final MissedSegments missed;
    private final RestartCheck restarts;
    private final UpcomingSegment upcoming;
    private final AwaitedPermission permissions;
    private final KnownBytes known;
    private final PieceReads pieces;
    private final RecordReads records;
    private final StreamForm form;

    private ReadPosition position;

    /** Whether the segment that the stream has come to was left because it is another one now. */
    private boolean overwritten;

    private String lastRead;
    private final LateWriter lateWriter = new LateWriter(System::nanoTime);
    private final Stride stride = new Stride();
    private boolean closed;

    /** What a read gets behind all that is known. */
    private ReadResult behindKnown = ReadResult.Nothing.NOT_YET;

    /**
     * @param bookmark tells the segment that the stream has come to, or passed over
     */
    FollowCursor(
            Series series,
            Bookmark bookmark,
            SegmentFiles files,
            User reader,
            EndRule ends,
            StreamEvents events,
            MissedSegments missed) {
        this.series = series;
        this.bookmark = bookmark;
        this.files = files;
        this.reader = reader;
        this.ends = ends;
        this.events = events;
        this.missed = missed;
        this.restarts = new RestartCheck(series);
        this.upcoming = new UpcomingSegment(series, files, reader, bookmark, missed, restarts);
        this.permissions = new AwaitedPermission(bookmark, ends, System::nanoTime);
        this.known = new KnownBytes(SegmentTrail.forgetting(files));
        this.pieces =
                new PieceReads(
                        known,
                        stride,
                        new LatestBytes(LatestBytes.USUAL_CAPACITY, System::nanoTime));
        this.records = new RecordReads(known);
        this.form = StreamForm.ofFirstSegment(events);
        this.lastRead = segment();
    }

    /** Opens the segment to begin with; to be called once, before anything else. */
    void begin(Segment start) throws IOException {
        ReadPosition first = ReadPosition.open(files, start.path());
        // Written anew since its name was looked up: what is open is the newer one.
        boolean restarted;
        try {
            first.file().requireReadable(reader);
            // A header that is there already must be a good one.
            first.look();
            restarted = restarts.isRestarted(start, first);
        } catch (IOException | RuntimeException e) {
            first.release();
            throw e;
        }
        position = first;
        known.enter(first);
        bookmark.begin(restarted ? series.find(start.name()).orElse(start) : start);
        missed.hold(bookmark.segment());
    }

    /** The stream offset behind all bytes that are known to be there. */
    long knownEnd() {
        return known.end();
    }

    ReadResult behindKnown() {
        return behindKnown;
    }

    /**
     * Whether there may be more at once, which was not looked for so that nobody waits for long.
     */
    boolean isUnfinished() {
        return stride.isBrokenOff();
    }

    /** Name of the segment that the stream has come to. */
    String segment() {
        return bookmark.segment().name();
    }

    /** Any thread: see {@link CaptureStream#progress}. */
    Progress progress(long offset) {
        Standing standing = known.standing();
        return new Progress(
                segment(),
                standing.packetsBefore(offset),
                OptionalLong.empty(),
                bookmark.backlog(standing.fileOffset(offset)));
    }

    ReadResult read(long offset, int length) {
        return closed
                ? behindKnown
                : pieces.read(offset, length, target -> extend(target, offset), this::behindKnown);
    }

    ReadResult readFully(long offset, int length) {
        return closed
                ? behindKnown
                : pieces.readFully(
                        offset, length, target -> extend(target, NOWHERE), this::behindKnown);
    }

    /**
     * Makes the stream known up to an offset, or as far as there is something, but does not step on
     * from a segment of which no reader has got all: nobody would hold the rest.
     */
    void lookAhead(long target) throws IOException {
        extend(target, 0);
    }

    SegmentSlice begin(ByteBuffer dst) {
        SegmentSlice shown = records.look(dst, this::lookAhead, this::behindKnown, this::segment);
        if (shown instanceof SegmentSlice.Bytes) {
            known.handOut(form.tell());
        }
        return shown;
    }

    SegmentSlice readRecords(long offset, ByteBuffer dst) {
        return closed
                ? new SegmentSlice.None(segment(), behindKnown)
                : records.read(offset, dst, this::lookAhead, this::behindKnown, this::segment);
    }

    /** Name of the segment behind the one that the stream has come to. */
    Optional<String> nextSegment() {
        return upcoming.next().map(Segment::name);
    }

    /**
     * Makes the stream known up to an offset, or as far as there is something.
     *
     * @param from the stream offset from which on what is known is to be handed out before the
     *     segment that it is in is left: a ring may overwrite that one before anybody has got it
     */
    private void extend(long target, long from) throws IOException {
        if (closed) {
            return;
        }
        if (position.isReplaced()) {
            leaveOverwritten();
        }
        stride.begin();
        while (isWanted(target) && !stride.isOver()) {
            if (advance(target)) {
                continue;
            }
            if (known.end() > from && !known.isAllHandedOut() || !leaveSegment(target)) {
                break;
            }
        }
        if (isWanted(target) && stride.isOver()) {
            stride.breakOff();
        }
        holdNext();
    }

    private boolean isWanted(long target) {
        return behindKnown == ReadResult.Nothing.NOT_YET && known.end() < target;
    }

    private void holdNext() {
        if (behindKnown == ReadResult.Nothing.NOT_YET) {
            upcoming.hold();
            missed.hold(upcoming.segment().orElse(bookmark.segment()));
        } else {
            upcoming.drop();
        }
    }

    /** Goes on inside the segment; false if nothing has come. */
    private boolean advance(long target) throws IOException {
        long before = known.end();
        Optional<IOException> failure = scan(target);
        // Behind the scan, and also where that has failed: what is known until then is handed out.
        boolean isFruitless = known.end() == before && failure.isEmpty();
        if (!position.isLeft() && isRestartedBehind(isFruitless)) {
            leaveOverwritten();
        } else if (failure.isPresent()) {
            position.failed(failure.get(), events);
            throw failure.get();
        }
        return known.end() > before;
    }

    private Optional<IOException> scan(long target) {
        try {
            if (enter()) {
                known.advance(target);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    // Where nothing is handed out, nothing need be certain; and who waits here for notices may miss
    // the one that there is more by now.
    private boolean isRestartedBehind(boolean isFruitless) throws IOException {
        return isFruitless ? restarts.isToldRestarted(bookmark.segment(), position) : isRestarted();
    }

    private boolean isRestarted() throws IOException {
        return restarts.isRestarted(bookmark.segment(), position);
    }

    /**
     * Looks at the segment's header; false while that is not there, or if the stream cannot go on
     * with it.
     */
    private boolean enter() throws IOException {
        if (position.isEntered() || position.isLeft()) {
            return position.isEntered();
        }
        try {
            position.look();
            Optional<CaptureHeader> header = position.header();
            // What is not this segment's must not end the stream here.
            if (header.isPresent() && !isRestarted()) {
                enter(header.get());
            }
        } catch (InvalidCaptureException e) {
            passOver(e);
        }
        return position.isEntered();
    }

    private void enter(CaptureHeader header) throws IOException {
        Optional<String> unable = form.enter(position, header);
        if (unable.isEmpty()) {
            known.show();
        } else {
            position.leave();
            failBefore(segment(), unable.get());
        }
    }

    private void passOver(InvalidCaptureException invalid) {
        position.leave();
        events.skipped(bookmark.segment().path(), invalid.getMessage(), sizeOf(position));
        if (!form.isKnown()) {
            behindKnown = new ReadResult.Failed(invalid);
        }
    }

    private static long sizeOf(ReadPosition position) {
        try {
            return position.file().file().identity().size();
        } catch (IOException e) {
            return SeriesListener.UNKNOWN_SIZE;
        }
    }

    private void failBefore(String next, String why) {
        events.incompatible(lastRead, next, why);
        ends.ended(lastRead, Optional.of(next));
        behindKnown =
                new ReadResult.Failed(
                        new IOException(next + " cannot follow " + lastRead + ": " + why));
    }

    /** Steps on from a segment that has nothing more now; false if it is to be waited in. */
    private boolean leaveSegment(long target) throws IOException {
        if (behindKnown != ReadResult.Nothing.NOT_YET) {
            return false;
        }
        if (position.isReplaced()) {
            leaveOverwritten();
        }
        Optional<Segment> next = upcoming.next();
        if (position.isLeft()) {
            return endOrStepOn(next);
        }
        if (next.isEmpty()) {
            return endWithoutNext(target);
        }
        upcoming.hold();
        if (lateWriter.isWaitedFor(position.file().file())) {
            return false;
        }
        return advance(target) || position.isLeft() || endOrMoveTo(next.get());
    }

    private boolean endOrMoveTo(Segment next) throws IOException {
        settle();
        return endOrStepOn(Optional.of(next));
    }

    /** Goes on behind a segment that nothing more is to come of. */
    private boolean endOrStepOn(Optional<Segment> next) throws IOException {
        return endBehind(next) || next.isPresent() && moveTo(next.get());
    }

    // Of a file that was written anew, the end is asked for behind what has the name now, if there
    // is something.
    private boolean endBehind(Optional<Segment> next) {
        boolean comesAgain = overwritten && series.find(segment()).isPresent();
        return !comesAgain && endAt(next.map(Segment::name));
    }

    private boolean endWithoutNext(long target) throws IOException {
        if (!ends.endsAt(segment()) || lateWriter.mayBeThere(position.file().file())) {
            return false;
        }
        // The writer may have begun the next one before it left, and that may not be told yet.
        series.catchUp();
        if (upcoming.next().isPresent()) {
            return true;
        }
        if (!advance(target) && !position.isLeft()) {
            settle();
            return endAt(Optional.empty());
        }
        return true;
    }

    /** Ends the stream if it is to end behind the segment reached. */
    private boolean endAt(Optional<String> next) {
        if (!ends.endsAt(segment())) {
            return false;
        }
        behindKnown = ReadResult.Nothing.END;
        events.ended(segment());
        ends.ended(segment(), next);
        return true;
    }

    private void settle() throws IOException {
        if (position.isEntered()) {
            lastRead = segment();
        }
        known.settle(events);
    }

    private void leaveOverwritten() {
        events.replaced(segment(), known.handedOutInFile(), position.lastSize());
        lastRead = segment();
        known.settleOverwritten();
        overwritten = true;
        if (position.file().isStillAtItsPath()) {
            // What was written anew before it comes before it.
            series.catchUp();
            series.writtenAnew(bookmark.segment());
        }
        if (known.settledEnd() == 0) {
            // Nobody has the header yet: the next segment's begins the stream.
            form.forget();
        }
    }

    /** Goes to the next segment that can be opened; false if there is none yet, or not soon. */
    private boolean moveTo(Segment next) throws IOException {
        for (Optional<Segment> to = Optional.of(next);
                to.isPresent() && !stride.isOver();
                to = upcoming.next()) {
            switch (open(to.get())) {
                case ENTERED -> {
                    lateWriter.forget();
                    return true;
                }
                case AWAITED -> {
                    return false;
                }
                case PASSED -> {
                    if (endBehind(upcoming.next())) {
                        return true;
                    }
                }
                case NOT_NEXT -> {
                    // What is next now?
                }
            }
        }
        return false;
    }

    /** What comes of opening a segment. */
    private enum Opening {
        /** The stream is in it. */
        ENTERED,
        /** The stream has come to it, and goes on behind it. */
        PASSED,
        /** The stream waits before it. */
        AWAITED,
        /** Another one has come before it, or it was moved, meanwhile. */
        NOT_NEXT
    }

    private Opening open(Segment segment) throws IOException {
        Runnable whyNot = () -> {};
        Optional<ReadPosition> opened = Optional.empty();
        boolean rewritten = false;
        stride.step();
        missed.hold(segment);
        try {
            opened = upcoming.take(segment);
            rewritten = opened.isEmpty();
        } catch (NoSuchFileException e) {
            whyNot = () -> missed.notFound(segment, series.lastSize(segment));
        } catch (AccessDeniedException e) {
            if (permissions.isAwaited(segment)) {
                return Opening.AWAITED;
            }
            // It may be held for all that: it is the reader who may not.
            whyNot =
                    () -> {
                        upcoming.drop();
                        skip(segment, SegmentFile.whyDenied(e));
                    };
        } catch (InvalidCaptureException e) {
            whyNot = () -> skip(segment, e.getMessage());
        }
        if (!bookmark.comeTo(segment)) {
            opened.ifPresent(position -> upcoming.giveBack(segment, position));
            return Opening.NOT_NEXT;
        }
        whyNot.run();
        overwritten = rewritten;
        opened.ifPresent(this::goTo);
        return opened.isPresent() ? Opening.ENTERED : Opening.PASSED;
    }

    private void skip(Segment segment, String why) {
        events.skipped(segment.path(), why, series.lastSize(segment));
    }

    private void goTo(ReadPosition next) {
        position = next;
        known.enter(next);
    }

    void close() {
        closed = true;
        behindKnown = new ReadResult.Failed(new IOException("the stream is closed"));
        known.close();
        pieces.close();
        upcoming.drop();
    }
}
