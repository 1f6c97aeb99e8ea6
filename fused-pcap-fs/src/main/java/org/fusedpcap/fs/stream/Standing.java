package org.fusedpcap.fs.stream;

import java.util.Optional;

/**
 * How far a stream has come, published for those who only want to know: they take no lock and wait
 * for no disk. A new one is published when a segment is entered or settled; what is read inside a
 * segment shows in its {@link ReadPosition.Seen}.
 *
 * @param settledEnd stream offset behind the settled segments
 * @param settledPackets packets in them
 * @param present the segment being read, once its records are
 */
record Standing(long settledEnd, long settledPackets, Optional<ReadPosition.Seen> present) {

    static final Standing BEGIN = new Standing(0, 0, Optional.empty());

    /** Packets before a stream offset at or behind {@link #settledEnd}. */
    long packetsBefore(long streamOffset) {
        long inPresent = present.map(seen -> seen.packetsBefore(share(streamOffset))).orElse(0L);
        return settledPackets + inPresent;
    }

    /**
     * Where a stream offset lies in the file of the segment being read; beyond its end when that is
     * settled, and none is being read.
     */
    long fileOffset(long streamOffset) {
        long between = settledEnd > 0 ? Long.MAX_VALUE : 0;
        return present.map(seen -> seen.fileStart() + share(streamOffset)).orElse(between);
    }

    private long share(long streamOffset) {
        return Math.max(0, streamOffset - settledEnd);
    }
}
