package org.fusedpcap.cluster.distribute;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The heap that the queues of all clusters of a process may take together: a slack of gigabytes is
 * many millions of short packets, and the heap of a daemon whose memory lies elsewhere is small.
 * Thread-safe.
 */
final class QueueBudget {

    /** A ring is copied into one of twice the size, and others need most of the heap. */
    private static final int PART_OF_HEAP = 16;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /**
     * @param most how much it is, in bytes
     */
    QueueBudget(long most) {
        this.most = most;
    }

    /** A part of this process's heap. */
    static QueueBudget ofHeap() {
        return new QueueBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** As many bytes more are taken, or fewer. */
    void take(long more) {
        taken.addAndGet(more);
    }

    boolean isSpent() {
        return taken.get() > most;
    }
}
