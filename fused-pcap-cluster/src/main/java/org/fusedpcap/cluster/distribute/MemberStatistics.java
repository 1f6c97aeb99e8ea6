package org.fusedpcap.cluster.distribute;

/**
 * What one member has got so far.
 *
 * @param pid id of the process that opened it
 * @param packets packets distributed to it, whether or not it has read them
 * @param bytes bytes of records distributed to it
 * @param queuedBytes those of them it has not read yet
 * @param droppedPackets packets that were its own and that it did not get, because it closed early:
 *     those it had not read to their end, and those that came afterwards
 * @param open whether it is still open
 */
public record MemberStatistics(
        int pid, long packets, long bytes, long queuedBytes, long droppedPackets, boolean open) {}
