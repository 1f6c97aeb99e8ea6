package org.fusedpcap.cluster.distribute;

import java.util.List;

/**
 * The state of a cluster at a moment; its numbers are read one after the other, so they may be a
 * few packets apart.
 *
 * @param size number of places
 * @param filled whether all places are taken, so that packets flow
 * @param segment name of the segment being read
 * @param slack most blocks of 128 KiB between the leading and the slowest member
 * @param memoryBytes memory held for blocks and for bytes that can be read again
 * @param slackWaits how often the leading member had to wait for the slowest one
 * @param members the members, in the order in which they took their places
 */
public record ClusterStatistics(
        int size,
        boolean filled,
        String segment,
        int slack,
        long memoryBytes,
        long slackWaits,
        List<MemberStatistics> members) {

    public ClusterStatistics {
        members = List.copyOf(members);
    }
}
