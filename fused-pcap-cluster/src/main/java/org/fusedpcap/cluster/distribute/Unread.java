package org.fusedpcap.cluster.distribute;

/** What the members of a cluster have still to read. Asked under the distributor's lock. */
interface Unread {

    /** Looks at the members: sequence of the first slab that somebody may still read. */
    long oldestSlab();

    /** Number of extents in all queues, as of the last look. */
    long extents();

    /** Bytes of heap that the queues take. */
    long queueBytes();
}
