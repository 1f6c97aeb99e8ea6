package org.fusedpcap.fs.series;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** By the names; a ring of numbered names is cut open where its oldest segment is. */
final class NameRanking implements Ranking {

    private static final Comparator<Candidate> BY_NAME =
            Comparator.comparingLong((Candidate candidate) -> candidate.key().rank())
                    .thenComparing(candidate -> candidate.key().text(), NaturalOrder.INSTANCE);

    private final Optional<RingRotation> ring;

    /**
     * @param ring finds the oldest segment of a ring; empty if the names cannot form one
     */
    NameRanking(Optional<RingRotation> ring) {
        this.ring = ring;
    }

    @Override
    public void arrange(List<Candidate> found, BiConsumer<Candidate, Position> place) {
        List<Candidate> sorted = found.stream().sorted(BY_NAME).toList();
        int oldest = ring.map(rotation -> rotation.oldest(sorted)).orElse(0);
        for (int i = 0; i < sorted.size(); i++) {
            Candidate candidate = sorted.get(i);
            int lap = i < oldest ? 1 : 0;
            place.accept(
                    candidate,
                    new Position(lap, candidate.key().rank(), candidate.key().text(), 0));
        }
    }

    @Override
    public long rank(Candidate appeared, Optional<Position> newest) {
        return appeared.key().rank();
    }
}
