package org.fusedpcap.testkit.soak;

import java.util.BitSet;
import java.util.Optional;

/**
 * Finds packets that are missing without an explanation: each one whose segment was still there
 * when the reader ended should have been got, from the first segment to the last one read.
 */
final class Completeness {

    private final Written written;
    private final long endedNanos;
    private long explained;

    /**
     * @param endedNanos when the reader ended
     */
    Completeness(Written written, long endedNanos) {
        this.written = written;
        this.endedNanos = endedNanos;
    }

    /**
     * Looks through packets.
     *
     * @param got what came, of all members
     * @param from sequence number of the first one that should have come
     * @param to the first one that need not
     * @return what is missing, in words
     */
    Optional<String> missing(BitSet got, long from, long to) {
        long number = 0;
        long first = -1;
        for (long at = got.nextClearBit((int) from); at < to; at = got.nextClearBit((int) at + 1)) {
            if (!written.isMarked(at)) {
                continue;
            }
            if (written.isLost(written.segmentOf(at).number(), endedNanos)) {
                explained++;
                continue;
            }
            first = first < 0 ? at : first;
            number++;
        }
        if (number == 0) {
            return Optional.empty();
        }
        Written.Segment segment = written.segmentOf(first);
        return Optional.of(
                number
                        + " packets missing from packet "
                        + first
                        + " on, of "
                        + segment.name()
                        + " (packets "
                        + segment.first()
                        + ".."
                        + (written.endOf(segment.number()) - 1)
                        + ")");
    }

    /** Number of packets that are missing because their segments are gone. */
    long explained() {
        return explained;
    }
}
