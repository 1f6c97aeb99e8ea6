package org.fusedpcap.fs.series;

import java.util.Comparator;

/**
 * A place in the order of a series. Places are never given twice, so that a reader can go on from
 * the place of a segment that is long gone.
 *
 * @param lap how often the ring of names has begun again before this segment
 * @param rank what the order is taken from, where that is not the name: ns since 1970, or a
 *     continued count; else 0
 * @param key the name, in {@linkplain NaturalOrder natural order}
 * @param incarnation how often the newest segment has been written anew in place
 */
record Position(int lap, long rank, String key, int incarnation) implements Comparable<Position> {

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::lap)
                    .thenComparingLong(Position::rank)
                    .thenComparing(Position::key, NaturalOrder.INSTANCE)
                    .thenComparingInt(Position::incarnation);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    Position again() {
        return new Position(lap, rank, key, incarnation + 1);
    }

    Position nextLap() {
        return new Position(lap + 1, rank, key, 0);
    }

    Position inLap(int number) {
        return new Position(number, rank, key, 0);
    }
}
