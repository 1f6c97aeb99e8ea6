package org.fusedpcap.cluster.distribute;

/**
 * Says whether a cluster's queues may get more. They may hold as many extents as would fill its
 * slabs, as long as the heap for the queues of all clusters is not spent; but a few thousand in any
 * case, so that no cluster has to wait for another one's members. Used under the distributor's
 * lock.
 */
final class QueueLimit {

    private static final int EXTENTS_OF_A_BLOCK = SlabPool.SLAB_LENGTH / Long.BYTES;

    private final long mostExtents;
    private final QueueBudget budget;

    /** What this cluster's queues have taken of the budget. */
    private long taken;

    /**
     * @param slack most blocks in memory
     * @param budget what all clusters have together
     */
    QueueLimit(int slack, QueueBudget budget) {
        this.mostExtents = (long) slack * EXTENTS_OF_A_BLOCK;
        this.budget = budget;
    }

    /**
     * Whether the queues may get what another block holds.
     *
     * @param extents that are in them
     * @param bytes of heap that they take
     */
    boolean hasRoom(long extents, long bytes) {
        budget.take(bytes - taken);
        taken = bytes;
        return extents <= EXTENTS_OF_A_BLOCK || extents <= mostExtents && !budget.isSpent();
    }

    /** The queues are gone. */
    void release() {
        budget.take(-taken);
        taken = 0;
    }
}
