package org.fusedpcap.fs.series;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the segments of a series their places in the index, by their names, by a {@link Ranking},
 * and by what is behind what; and moves those whose place turns out to be another one.
 *
 * <p>Used under the series' lock; listeners are told of moves under it.
 */
final class SegmentPlaces {

    private final Path directory;
    private final Members members;
    private final RankingFactory rankings;
    private final SeriesIndex index;
    private final SeriesListeners listeners;

    /** Segments, by identity, of which nothing is known yet that would rank them. */
    private final Set<String> unranked = new HashSet<>();

    private Ranking ranking;

    /** Makes the ranking, once it is decided how the names are to be read. */
    interface RankingFactory {
        Ranking of(NamePattern pattern);
    }

    SegmentPlaces(
            Path directory,
            Members members,
            RankingFactory rankings,
            SeriesIndex index,
            SeriesListeners listeners) {
        this.directory = directory;
        this.members = members;
        this.rankings = rankings;
        this.index = index;
        this.listeners = listeners;
        this.ranking = rankings.of(members.pattern());
    }

    /** How the names are to be read has been decided. */
    void decided() {
        ranking = rankings.of(members.pattern());
    }

    /** What is to be placed if it is a segment of the series. */
    Optional<Ranking.Candidate> candidate(String name, String identity) {
        return members.read(name, identity)
                .map(key -> new Ranking.Candidate(directory, name, identity, key));
    }

    /** Places what the first listing has found. */
    void arrange(List<Ranking.Candidate> found) {
        ranking.arrange(found, this::put);
    }

    /** Places a file that has appeared. */
    void appeared(String name, String identity) {
        Ranking.Candidate candidate = required(name, identity);
        long rank = ranking.rank(candidate, index.last());
        put(candidate, index.place(identity, rank, candidate.key().text(), areByRankAlone()));
    }

    /** Where a file would have been that has come and gone. */
    Segment departed(String name, String identity) {
        Ranking.Candidate candidate = required(name, identity);
        long rank = ranking.rank(candidate, index.last());
        Position place = index.placeDeparted(identity, rank, candidate.key().text());
        return new Segment(directory, name, place);
    }

    /** Puts another segment, behind all others, in place of one that was written anew. */
    Segment restarted(Segment old, String identity) {
        long rank = rank(old, identity);
        Segment fresh = atEnd(old, identity, rank);
        index.replace(identity, old, fresh);
        noteUnranked(identity, rank);
        return fresh;
    }

    /** Moves a segment behind all others. */
    void placeLast(Segment segment, String identity) {
        long rank = rank(segment, identity);
        move(segment, atEnd(segment, identity, rank), identity);
        noteUnranked(identity, rank);
    }

    /** Gives a segment the place that its rank says, now that it is known. */
    void rankAgain(Segment segment, String identity) {
        Position was = segment.position();
        long rank = rank(segment, identity);
        if (rank == was.rank()) {
            return;
        }
        Position is = new Position(was.lap(), rank, was.key(), was.incarnation());
        move(segment, new Segment(directory, segment.name(), is), identity);
        noteUnranked(identity, rank);
    }

    /** Moves a segment, to another place or into another file. */
    void move(Segment from, Segment to, String identity) {
        listeners.tellMoving(from, to);
        from.moveTo(to);
        index.replace(identity, from, to);
        listeners.tellMoved(from, to);
    }

    void removed(String identity) {
        unranked.remove(identity);
    }

    /** Whether a segment's rank is to be asked for again. */
    boolean isUnranked(String identity) {
        return unranked.contains(identity);
    }

    /** Whether the times of the files say the order. */
    boolean areByTime() {
        return ranking instanceof MtimeRanking;
    }

    /** Whether the ranks alone say the order of what is written anew. */
    boolean areByRankAlone() {
        return ranking.ordersRestarts();
    }

    private Segment atEnd(Segment segment, String identity, long rank) {
        String key = required(segment.name(), identity).key().text();
        return new Segment(directory, segment.name(), index.end(rank, key, areByRankAlone()));
    }

    private long rank(Segment segment, String identity) {
        return ranking.rank(required(segment.name(), identity), index.last());
    }

    private void put(Ranking.Candidate candidate, Position position) {
        index.put(candidate.identity(), new Segment(directory, candidate.name(), position));
        noteUnranked(candidate.identity(), position.rank());
    }

    private void noteUnranked(String identity, long rank) {
        if (rank == Ranking.UNKNOWN) {
            unranked.add(identity);
        } else {
            unranked.remove(identity);
        }
    }

    private Ranking.Candidate required(String name, String identity) {
        return candidate(name, identity).orElseThrow();
    }
}
