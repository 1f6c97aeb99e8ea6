package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Off-heap slabs of one size that clusters take and give back; one pool serves a whole process.
 * Thread-safe.
 *
 * <p>A slab given back is there for the next cluster at once. The pool keeps up to a bound of idle
 * ones; those beyond it are left to the garbage collector, which is the only safe way that Java 17
 * has to free a direct buffer. The collector knows nothing of their size: to it a slab is a few
 * bytes of heap, so that gigabytes of them may lie about for ever in a process that has little else
 * to collect. So the pool asks for a collection whenever it has left {@value #MAX_LEFT_BYTES} bytes
 * to the collector. Clusters with the usual slack are far from that.
 */
public final class SlabPool {

    /** Length of a slab, in bytes: a block of stream. */
    public static final int SLAB_LENGTH = 128 * 1024;

    private static final long MAX_LEFT_BYTES = 64L * 1024 * 1024;

    private final int maxIdle;
    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();
    private final QueueBudget queues = QueueBudget.ofHeap();
    private long taken;

    /** Bytes that were left to the collector since it was asked for a collection. */
    private long left;

    /**
     * @param maxIdleBytes how much idle memory is kept for reuse, in bytes
     */
    public SlabPool(long maxIdleBytes) {
        this.maxIdle = Math.toIntExact(maxIdleBytes / SLAB_LENGTH);
    }

    /** A slab whose content is whatever it was; the one given back last, which is likely cached. */
    ByteBuffer take() {
        ByteBuffer slab = takeIdle().orElseGet(() -> ByteBuffer.allocateDirect(SLAB_LENGTH));
        count(1);
        return slab;
    }

    /** Takes a slab back that nobody looks into any more. */
    void giveBack(ByteBuffer slab) {
        if (keepOrLeave(slab)) {
            System.gc();
        }
    }

    /** Returns whether it is time for a collection. */
    private synchronized boolean keepOrLeave(ByteBuffer slab) {
        taken--;
        if (idle.size() < maxIdle) {
            idle.addLast(slab);
            return false;
        }
        left += SLAB_LENGTH;
        boolean enough = left >= MAX_LEFT_BYTES;
        left = enough ? 0 : left;
        return enough;
    }

    /** What the queues that belong to the slabs may take of the heap. */
    QueueBudget queues() {
        return queues;
    }

    /** Bytes in use by clusters now. */
    public synchronized long usedBytes() {
        return taken * SLAB_LENGTH;
    }

    /** Bytes kept for reuse now. */
    public synchronized long idleBytes() {
        return (long) idle.size() * SLAB_LENGTH;
    }

    // Allocated outside of the monitor: a process short of memory collects garbage there.
    private synchronized Optional<ByteBuffer> takeIdle() {
        return Optional.ofNullable(idle.pollLast());
    }

    private synchronized void count(int more) {
        taken += more;
    }
}
