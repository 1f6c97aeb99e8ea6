package org.fusedpcap.fs.series;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** By the time of the first packet; who has none yet is last. */
final class PacketRanking implements Ranking {

    private final PacketTimes times;

    PacketRanking(PacketTimes times) {
        this.times = times;
    }

    @Override
    public void arrange(List<Candidate> found, BiConsumer<Candidate, Position> place) {
        for (Candidate candidate : found) {
            long rank = rank(candidate, Optional.empty());
            place.accept(candidate, new Position(0, rank, candidate.key().text(), 0));
        }
    }

    @Override
    public long rank(Candidate appeared, Optional<Position> newest) {
        return times.firstPacket(appeared.path()).orElse(UNKNOWN);
    }

    @Override
    public boolean ordersRestarts() {
        return true;
    }
}
