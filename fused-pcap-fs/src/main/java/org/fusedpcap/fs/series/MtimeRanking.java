package org.fusedpcap.fs.series;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** By the time of last modification, as it is when a segment is found. */
final class MtimeRanking implements Ranking {

    @Override
    public void arrange(List<Candidate> found, BiConsumer<Candidate, Position> place) {
        for (Candidate candidate : found) {
            long rank = rank(candidate, Optional.empty());
            place.accept(candidate, new Position(0, rank, candidate.key().text(), 0));
        }
    }

    @Override
    public long rank(Candidate appeared, Optional<Position> newest) {
        return FileState.of(appeared.path()).map(FileState::modified).orElse(UNKNOWN);
    }
}
