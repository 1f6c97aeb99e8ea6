package org.fusedpcap.cluster.distribute;

/**
 * The packets behind the one that a {@link MemberChooser} is being asked about, as far as they are
 * in memory already. Used on the thread that asks, while it asks.
 */
@FunctionalInterface
public interface UpcomingPackets {

    /**
     * Shows some more of them by {@link MemberChooser#learn}: those that come next and have not
     * been shown yet.
     *
     * @return whether there were any
     */
    boolean showMore();
}
