package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.fusedpcap.fs.linux.Writers;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.Series;

/**
 * How a followed stream goes through its series. Not thread-safe: used under the stream's lock.
 *
 * <p>A step to the next segment is final. So before it the present one is scanned once more
 * <em>after</em> the next was seen: a writer that has opened the next file has written the present
 * one to its end, unless it still has it open, for which it is given {@link #LATE_WRITER_NS}.
 */
final class FollowCursor {

    /** The next segment, held open before it is reached, so that a ring cannot take it away. */
    private record Upcoming(Segment segment, ReadPosition position) {}

    /**
     * How long a segment is held on to that is still open for writing though a newer one exists.
     */
    private static final long LATE_WRITER_NS = 1_000_000_000L;

    private final Series series;
    private final SegmentFiles files;
    private final EndRule ends;
    private final StreamEvents events;
    private final SegmentTrail trail;

    /** The stream's form: what its first header says; null until that is there. */
    private PcapHeader form;

    private ReadPosition position;

    /** The segment that the stream has come to, or passed over. */
    private Segment reached;

    private Optional<Upcoming> upcoming = Optional.empty();
    private CutRecord cut = CutRecord.NONE;
    private String lastRead;
    private long lateWriterSinceNs = -1;

    /** What a read gets behind all that is known. */
    private ReadResult behindKnown = ReadResult.Nothing.NOT_YET;

    private FollowCursor(
            Series series,
            SegmentFiles files,
            EndRule ends,
            StreamEvents events,
            Segment start,
            ReadPosition first) {
        this.series = series;
        this.files = files;
        this.ends = ends;
        this.events = events;
        this.trail = new SegmentTrail(files);
        this.position = first;
        this.reached = start;
        this.lastRead = start.name();
    }

    static FollowCursor open(
            Series series, Segment start, SegmentFiles files, EndRule ends, StreamEvents events)
            throws IOException {
        ReadPosition first = ReadPosition.open(files, start.path());
        try {
            // A header that is there already must be a good one.
            first.header();
            return new FollowCursor(series, files, ends, events, start, first);
        } catch (IOException | RuntimeException e) {
            first.release();
            throw e;
        }
    }

    /** The stream offset behind all bytes that are known to be there. */
    long knownEnd() {
        return trail.end() + position.share();
    }

    ReadResult behindKnown() {
        return behindKnown;
    }

    /** Name of the segment that the stream has come to. */
    String segment() {
        return reached.name();
    }

    /** The last segment that is held open. */
    Segment held() {
        return upcoming.map(Upcoming::segment).orElse(reached);
    }

    /** Collects bytes that are known to be there. */
    ReadResult collect(long from, long to) throws IOException {
        PieceList pieces = new PieceList();
        try {
            long settled = trail.end();
            if (from < settled) {
                trail.collect(from, Math.min(to, settled), pieces);
            }
            if (to > settled) {
                position.collect(Math.max(from, settled) - settled, to - settled, pieces);
                cut = position.cutRecordAt(to - settled);
            }
            return pieces.toData();
        } catch (IOException | RuntimeException e) {
            pieces.release();
            throw e;
        }
    }

    /** Collects whole records, known to be there, of the one segment that holds an offset. */
    SegmentSlice collectRecords(long from, int length) throws IOException {
        return new RecordSlices(trail, Optional.of(position)).collect(from, length, this::collect);
    }

    /** Name of the segment behind the one that the stream has come to. */
    Optional<String> nextSegment() {
        return series.after(reached).map(Segment::name);
    }

    /** Makes the stream known up to an offset, or as far as there is something. */
    void extend(long target) throws IOException {
        while (behindKnown == ReadResult.Nothing.NOT_YET && knownEnd() < target) {
            if (!advance(target) && !leaveSegment(target)) {
                return;
            }
        }
    }

    /** Goes on inside the segment; false if nothing has come. */
    private boolean advance(long target) throws IOException {
        long before = knownEnd();
        if (enter()) {
            position.advance(target - trail.end());
        }
        return knownEnd() > before;
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
            Optional<PcapHeader> header = position.header();
            header.ifPresent(this::enter);
        } catch (InvalidCaptureException e) {
            passOver(e);
        }
        return position.isEntered();
    }

    private void enter(PcapHeader header) {
        if (form == null) {
            form = header;
            position.enterWithHeader();
        } else if (form.hasSameRecordForm(header)) {
            position.enterBehindHeader();
        } else {
            position.leave();
            failBefore(reached.name(), form.differenceTo(header));
        }
    }

    private void passOver(InvalidCaptureException invalid) {
        position.leave();
        events.skipped(reached.path(), invalid.getMessage());
        if (form == null) {
            behindKnown = new ReadResult.Failed(invalid);
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
        Optional<Segment> next = series.after(reached);
        if (position.isLeft()) {
            return next.isPresent() && moveTo(next.get());
        }
        if (next.isEmpty()) {
            return endWithoutNext(target);
        }
        holdUpcoming(next.get());
        if (isWrittenLate()) {
            return false;
        }
        if (!advance(target)) {
            settle();
            return endAt(Optional.of(next.get().name())) || moveTo(next.get());
        }
        return true;
    }

    private boolean endWithoutNext(long target) throws IOException {
        if (!ends.endsAt(reached.name()) || position.file().writers() != Writers.NONE) {
            return false;
        }
        if (!advance(target)) {
            settle();
            return endAt(Optional.empty());
        }
        return true;
    }

    /** Ends the stream if it is to end behind the segment reached. */
    private boolean endAt(Optional<String> next) {
        if (!ends.endsAt(reached.name())) {
            return false;
        }
        behindKnown = ReadResult.Nothing.END;
        events.ended(reached.name());
        ends.ended(reached.name(), next);
        return true;
    }

    private boolean isWrittenLate() {
        if (position.file().writers() != Writers.SOME) {
            return false;
        }
        long now = System.nanoTime();
        if (lateWriterSinceNs == -1) {
            lateWriterSinceNs = now;
        }
        return now - lateWriterSinceNs < LATE_WRITER_NS;
    }

    private void settle() throws IOException {
        if (position.isEntered()) {
            lastRead = reached.name();
        }
        position.settleInto(trail, events);
    }

    private void leaveOverwritten() {
        events.replaced(reached.name(), position.endInFile());
        lastRead = reached.name();
        position.settleOverwrittenInto(trail, cut);
    }

    private void holdUpcoming(Segment next) {
        if (upcoming.filter(held -> held.segment().equals(next)).isPresent()) {
            return;
        }
        dropUpcoming();
        try {
            upcoming = Optional.of(new Upcoming(next, ReadPosition.open(files, next.path())));
        } catch (IOException e) {
            // Opened again, and the failure judged, when its turn has come.
            upcoming = Optional.empty();
        }
    }

    private void dropUpcoming() {
        upcoming.ifPresent(held -> held.position().release());
        upcoming = Optional.empty();
    }

    /** Goes to the next segment that can be opened; false if there is none yet. */
    private boolean moveTo(Segment next) throws IOException {
        for (Optional<Segment> to = Optional.of(next); to.isPresent(); to = series.after(reached)) {
            ReadPosition from = position;
            if (open(to.get())) {
                from.release();
                lateWriterSinceNs = -1;
                cut = CutRecord.NONE;
                return true;
            }
        }
        return false;
    }

    private boolean open(Segment segment) throws IOException {
        try {
            position = takeUpcoming(segment);
            reached = segment;
            return true;
        } catch (NoSuchFileException e) {
            events.missed(reached.name(), segment.name());
        } catch (AccessDeniedException | InvalidCaptureException e) {
            events.skipped(segment.path(), describe(e));
        }
        reached = segment;
        return false;
    }

    private static String describe(IOException e) {
        return e instanceof AccessDeniedException ? "it may not be read" : e.getMessage();
    }

    private ReadPosition takeUpcoming(Segment segment) throws IOException {
        Optional<Upcoming> held = upcoming.filter(ready -> ready.segment().equals(segment));
        if (held.isPresent()) {
            upcoming = Optional.empty();
            return held.get().position();
        }
        dropUpcoming();
        return ReadPosition.open(files, segment.path());
    }

    void close() {
        behindKnown = new ReadResult.Failed(new IOException("the stream is closed"));
        position.release();
        dropUpcoming();
    }
}
