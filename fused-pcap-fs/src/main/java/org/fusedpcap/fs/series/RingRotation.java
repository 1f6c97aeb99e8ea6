package org.fusedpcap.fs.series;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fusedpcap.fs.series.Ranking.Candidate;

/**
 * Finds where a ring of numbered names (tcpdump -C -W, netsniff-ng -O) begins: {@code f05 … f09,
 * f00 … f04} if f04 is the one written last.
 *
 * <p>A file that was merely touched looks like that, too. So all of this must hold, or the order of
 * the names stands: there are three segments or more; the times of modification, in the order of
 * the names, fall exactly once, and the first is later than the last; and so do the times of the
 * first packets at that fall, unless the file written last has no packet yet.
 */
final class RingRotation {

    private static final int FEWEST = 3;

    private final PacketTimes packets;

    RingRotation(PacketTimes packets) {
        this.packets = packets;
    }

    /**
     * The index of the oldest segment.
     *
     * @param sorted segments in the order of their names
     */
    int oldest(List<Candidate> sorted) {
        int last = sorted.size() - 1;
        if (sorted.size() < FEWEST || modified(sorted.get(0)) <= modified(sorted.get(last))) {
            return 0;
        }
        int fall = onlyFall(sorted);
        return fall > 0 && packetsAgree(sorted, fall) ? fall : 0;
    }

    private static int onlyFall(List<Candidate> sorted) {
        int fall = 0;
        long before = modified(sorted.get(0));
        for (int i = 1; i < sorted.size(); i++) {
            long here = modified(sorted.get(i));
            if (here < before) {
                if (fall > 0) {
                    return 0;
                }
                fall = i;
            }
            before = here;
        }
        return fall;
    }

    private boolean packetsAgree(List<Candidate> sorted, int fall) {
        OptionalLong oldest = packets.firstPacket(sorted.get(fall).path());
        OptionalLong newest = packets.firstPacket(sorted.get(fall - 1).path());
        OptionalLong first = packets.firstPacket(sorted.get(0).path());
        OptionalLong last = packets.firstPacket(sorted.get(sorted.size() - 1).path());
        if (oldest.isEmpty() || last.isEmpty()) {
            return false;
        }
        if (newest.isEmpty()) {
            Optional<FileState> state = FileState.of(sorted.get(fall - 1).path());
            boolean begun = state.isPresent() && state.get().size() < Long.BYTES * 5;
            return begun && (fall == 1 || first.isPresent() && isAfter(first, last));
        }
        return isAfter(newest, oldest) && first.isPresent() && isAfter(first, last);
    }

    private static boolean isAfter(OptionalLong a, OptionalLong b) {
        return a.getAsLong() > b.getAsLong();
    }

    private static long modified(Candidate candidate) {
        return FileState.of(candidate.path()).map(FileState::modified).orElse(0L);
    }
}
