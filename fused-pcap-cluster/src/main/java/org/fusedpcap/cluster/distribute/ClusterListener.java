package org.fusedpcap.cluster.distribute;

import java.util.List;

/**
 * Hears what happens to one cluster. The calls come one at a time, some of them under the cluster's
 * lock: they must neither wait nor call the cluster back.
 */
public interface ClusterListener {

    /** The last place was taken: the members' reads go on. */
    default void filled() {}

    /**
     * A member closed before its end of stream.
     *
     * @param pids process ids of all members that did so in this cluster, in the order of closing
     * @param last name of the segment read last
     * @param next name of the one that comes next, empty if there is none yet
     */
    default void abnormalEnd(List<Integer> pids, String last, String next) {}

    /** The last member has closed, or nobody is left to take a place; the source is closed. */
    default void ended() {}
}
