package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.series.Bookmark;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.Series;
import org.fusedpcap.fs.series.SeriesListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment behind the one that a followed stream is in. It is held open before it is reached, so
 * that a ring which deletes it cannot take it away. Not thread-safe; used under the stream's lock.
 */
final class UpcomingSegment {

    private static final Logger LOG = LoggerFactory.getLogger(UpcomingSegment.class);

    private record Held(Segment segment, ReadPosition position) {}

    private final Series series;
    private final SegmentFiles files;
    private final User reader;
    private final Bookmark bookmark;
    private final MissedSegments missed;
    private final RestartCheck restarts;
    private Optional<Held> held = Optional.empty();

    /**
     * @param reader whose rights count
     * @param bookmark tells the segment that the stream has come to
     */
    UpcomingSegment(
            Series series,
            SegmentFiles files,
            User reader,
            Bookmark bookmark,
            MissedSegments missed,
            RestartCheck restarts) {
        this.series = series;
        this.files = files;
        this.reader = reader;
        this.bookmark = bookmark;
        this.missed = missed;
        this.restarts = restarts;
    }

    /** The segment that is held, if one is. */
    Optional<Segment> segment() {
        return held.map(Held::segment);
    }

    /**
     * What comes next: what is held, though it may have been deleted since, unless another one has
     * come in between.
     */
    Optional<Segment> next() {
        dropIfRestarted();
        Optional<Segment> listed = bookmark.next();
        return segment()
                .filter(bookmark::isAhead)
                .filter(ours -> listed.isEmpty() || !ours.isBehind(listed.get()))
                .or(() -> listed);
    }

    private void dropIfRestarted() {
        if (held.filter(ours -> restarts.isToldRestarted(ours.segment(), ours.position()))
                .isPresent()) {
            countOverwritten(held.get().segment(), held.get().position());
            drop();
        }
    }

    private void countOverwritten(Segment segment, ReadPosition position) {
        long size = position.file().lastSize();
        missed.overwritten(segment, size > 0 ? size : SeriesListener.UNKNOWN_SIZE);
    }

    /** Holds what comes next, if it is there and can be opened. */
    void hold() {
        Optional<Segment> next = next();
        if (next.isEmpty() || next.equals(segment())) {
            return;
        }
        drop();
        // Noted first: what is told to be gone from then on is open, or was not found.
        missed.hold(next.get());
        try {
            held = Optional.of(new Held(next.get(), open(next.get())));
            held.get().position().lookAhead();
        } catch (NoSuchFileException e) {
            missed.notFound(next.get(), series.lastSize(next.get()));
        } catch (IOException e) {
            // That is judged when its turn has come.
            LOG.debug("not held ahead: {}", e.getMessage());
        }
    }

    /** Gives a segment back that was taken, as another one has come before it. */
    void giveBack(Segment segment, ReadPosition position) {
        held = Optional.of(new Held(segment, position));
    }

    /**
     * Takes a segment over, held or opened now; empty if its file was written anew before.
     *
     * @throws java.nio.file.AccessDeniedException if it may not be read, by whoever holds it here
     *     or by the reader; it goes on being held then
     * @throws IOException if it cannot be opened
     */
    Optional<ReadPosition> take(Segment segment) throws IOException {
        if (segment().filter(segment::equals).isEmpty()) {
            drop();
            held = Optional.of(new Held(segment, open(segment)));
        }
        if (isOverwritten(held.orElseThrow())) {
            countOverwritten(segment, held.orElseThrow().position());
            tellOverwritten(held.orElseThrow());
            drop();
            return Optional.empty();
        }
        // Asked now, not when it was held: he is to have it from now on.
        held.orElseThrow().position().file().requireReadable(reader);
        Optional<ReadPosition> taken = held.map(Held::position);
        held = Optional.empty();
        return taken;
    }

    private boolean isOverwritten(Held ready) throws IOException {
        try {
            return restarts.isRestarted(ready.segment(), ready.position())
                    || !ready.position().file().isStillTheSame();
        } catch (IOException | RuntimeException e) {
            drop();
            throw e;
        }
    }

    // The series takes a file for one that grew where it has not looked at what was in between.
    private void tellOverwritten(Held ready) {
        if (ready.position().file().isStillAtItsPath()) {
            // What was written anew before it comes before it.
            series.catchUp();
            series.writtenAnew(ready.segment());
        }
    }

    private ReadPosition open(Segment segment) throws IOException {
        try {
            return ReadPosition.open(files, segment.path());
        } catch (NoSuchFileException e) {
            // The series does not know yet that it was compressed.
            return ReadPosition.openInstead(files, segment.path(), Long.MAX_VALUE);
        }
    }

    /** Lets go of the segment. */
    void drop() {
        held.ifPresent(one -> one.position().release());
        held = Optional.empty();
    }
}
