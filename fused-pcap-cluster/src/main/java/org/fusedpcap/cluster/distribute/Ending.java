package org.fusedpcap.cluster.distribute;

/** Whether and how a cluster's stream has come to its end. */
enum Ending {
    /** It goes on. */
    RUNNING,
    /** All of it is distributed; members read what is theirs. */
    STREAM_END,
    /** The source failed behind what is distributed; members read what is theirs. */
    SOURCE_FAILED,
    /** A member closed early, and the others are to fail at once. */
    ABNORMAL_ERROR,
    /** A member closed early, and the others are to end behind the packet they are in. */
    ABNORMAL_END,
    /** The cluster was stopped from outside; members fail at once. */
    STOPPED;

    /** Whether members still get what was distributed to them. */
    boolean keepsQueues() {
        return this == RUNNING || this == STREAM_END || this == SOURCE_FAILED;
    }
}
