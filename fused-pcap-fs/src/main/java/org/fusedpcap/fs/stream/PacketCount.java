package org.fusedpcap.fs.stream;

/**
 * How many packets lie before a place in a file, as far as the file was scanned. Two places are
 * known exactly, the latest ones that a scan stopped at; in between, and before them, it is taken
 * from the average length. So it is exact for who has read all that was scanned, as a follower has
 * who is not behind, and at the end of a segment. Immutable: a scan publishes a new one.
 *
 * @param earlierEnd file offset where the scan stopped the time before
 * @param earlierPackets packets before that
 * @param end file offset where the scan stopped last
 * @param packets packets before that
 */
record PacketCount(long earlierEnd, long earlierPackets, long end, long packets) {

    /** Of a file of which nothing was scanned yet. */
    static PacketCount begin(long firstRecord) {
        return new PacketCount(firstRecord, 0, firstRecord, 0);
    }

    /** The count once a scan has come further. */
    PacketCount next(long newEnd, long newPackets) {
        return newEnd == end ? this : new PacketCount(end, packets, newEnd, newPackets);
    }

    /** Packets before a file offset. */
    long before(long fileOffset) {
        if (fileOffset >= end) {
            return packets;
        }
        return fileOffset >= earlierEnd
                ? between(fileOffset - earlierEnd, end - earlierEnd, earlierPackets, packets)
                : between(Math.max(0, fileOffset), earlierEnd, 0, earlierPackets);
    }

    private static long between(long bytes, long allBytes, long from, long to) {
        return from + (long) ((double) bytes / allBytes * (to - from));
    }
}
