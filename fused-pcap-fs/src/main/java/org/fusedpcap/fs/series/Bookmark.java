package org.fusedpcap.fs.series;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * How far a reader has come in a series. It comes to each segment once, in the order that they
 * stand in, also when they are moved meanwhile: one that it has come to does not come again, and
 * takes nothing away with it.
 *
 * <p><b>Protocol.</b> Everything before {@code place} the reader has come to, or will never come
 * to; behind it, all but what stands at {@code passed} is still to come. Both change under the
 * series' lock only, as the index does. So whoever is told of a change under that lock knows for
 * certain whether the reader has come to a segment, or still will. The look-ups take no lock, as
 * those of {@link Series}.
 *
 * <p>Thread-safe.
 */
public final class Bookmark {

    /** The series' lock. */
    private final SeriesUpdater updater;

    private final SeriesIndex index;

    /** What the reader has come to last. */
    private volatile Segment segment;

    private volatile Position place;

    /**
     * Where segments stand behind the place that the reader will not come to any more. One that is
     * moved is put here before it is in the index, and taken out after it has left it: it must
     * never seem to be what comes next.
     */
    private final NavigableSet<Position> passed = new ConcurrentSkipListSet<>();

    Bookmark(SeriesUpdater updater, SeriesIndex index, Segment start) {
        this.updater = updater;
        this.index = index;
        this.segment = start;
        begin(start);
    }

    /** Begins at another segment, as if nothing had been come to before. */
    public void begin(Segment start) {
        synchronized (updater) {
            passed.clear();
            segment = start;
            Position first = start.settled().position();
            place = first.rank() == Ranking.UNKNOWN ? lastRanked(first.lap()) : first;
            // Those that have no rank either and stand before it will not be come to.
            for (Segment later : index.behind(place)) {
                if (later.position().compareTo(first) <= 0) {
                    passed.add(later.position());
                }
            }
        }
    }

    /** The place of the last one of a lap that has a rank, or one before all of the lap. */
    private Position lastRanked(int lap) {
        return index.before(new Position(lap, Ranking.UNKNOWN, "", 0))
                .map(Segment::position)
                .filter(position -> position.lap() == lap)
                .orElseGet(() -> new Position(lap, Long.MIN_VALUE, "", 0));
    }

    /** The segment that the reader has come to last. */
    public Segment segment() {
        return segment;
    }

    /** What is to come next, of what is there now. */
    public Optional<Segment> next() {
        return firstBehind(place);
    }

    /** What is to come behind a segment, of what is there now. */
    public Optional<Segment> after(Segment other) {
        return firstBehind(other.settled().position());
    }

    private Optional<Segment> firstBehind(Position position) {
        for (Segment later : index.behind(position)) {
            if (!passed.contains(later.position())) {
                return Optional.of(later);
            }
        }
        return Optional.empty();
    }

    /** Whether a segment, which may be gone, is one that the reader has not come to yet. */
    public boolean isAhead(Segment other) {
        Position position = other.settled().position();
        return position.compareTo(place) > 0 && !passed.contains(position);
    }

    /**
     * Comes to a segment, which may be gone.
     *
     * @return whether it is the next one; if not, another one has come before it, or it was moved
     */
    public boolean comeTo(Segment next) {
        synchronized (updater) {
            if (!isAhead(next) || next().filter(next::isBehind).isPresent()) {
                return false;
            }
            pass(next.settled().position());
            segment = next;
            return true;
        }
    }

    private void pass(Position next) {
        if (next.rank() == Ranking.UNKNOWN) {
            // What has a rank and comes later stands before it, and is still to be read.
            passed.add(next);
            placeOfLast().filter(last -> last.compareTo(place) > 0).ifPresent(this::moveTo);
        } else {
            moveTo(next);
        }
    }

    /** Where the last one stands, if its place has become known since the reader came to it. */
    private Optional<Position> placeOfLast() {
        return Optional.of(segment)
                .filter(last -> last.position().rank() == Ranking.UNKNOWN)
                .map(last -> last.settled().position())
                .filter(now -> now.rank() != Ranking.UNKNOWN);
    }

    private void moveTo(Position next) {
        place = next;
        passed.headSet(next, true).clear();
    }

    /** A segment is about to be moved; called under the series' lock. */
    public void moving(Segment from, Segment to) {
        if (!isAhead(from)) {
            passed.add(to.position());
        }
    }

    /**
     * A segment was moved; called under the series' lock.
     *
     * @return whether the reader will not come to it, because of that
     */
    public boolean isLeftBehind(Segment from, Segment to) {
        boolean wasAhead = isBehindPlace(from) && !passed.contains(from.position());
        if (from.position().compareTo(to.position()) != 0) {
            passed.remove(from.position());
        }
        if (!isBehindPlace(to)) {
            passed.remove(to.position());
            return wasAhead;
        }
        return false;
    }

    private boolean isBehindPlace(Segment other) {
        return other.position().compareTo(place) > 0;
    }

    /**
     * What is still to come, and the rest of the segment come to last. Takes no lock and asks no
     * disk: a file counts with the size that it had when last looked at, and one that was never
     * looked at, as there are in series of more than {@value RestartDetector#ALL_KNOWN} files, with
     * none.
     *
     * @param fileOffset place in the file of the segment come to last
     */
    public Backlog backlog(long fileOffset) {
        long bytes = Math.max(0, updater.knownSize(segment.settled().name()) - fileOffset);
        int segments = 0;
        for (Segment later : index.behind(place)) {
            if (!passed.contains(later.position())) {
                segments++;
                bytes += updater.knownSize(later.name());
            }
        }
        return new Backlog(segments, bytes);
    }
}
