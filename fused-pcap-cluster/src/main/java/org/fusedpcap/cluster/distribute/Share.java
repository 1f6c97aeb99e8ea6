package org.fusedpcap.cluster.distribute;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One member's share of the stream, as the distributor sees it: a queue to add to, and counters.
 * Calls come from one distributor at a time but for the counters, which anybody may read.
 */
final class Share {

    private final int number;
    private final Wakers wakers;
    private final ExtentQueue queue = new ExtentQueue();

    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong droppedPackets = new AtomicLong();

    /** Written under the distributor's lock. */
    private boolean left;

    /** Whether something was added since the last {@link #publish}. */
    private boolean touched;

    private long addedPackets;
    private long addedBytes;

    /**
     * @param number the member's number in its cluster
     * @param wakers whom to wake when there is something to read
     */
    Share(int number, Wakers wakers) {
        this.number = number;
        this.wakers = wakers;
    }

    int number() {
        return number;
    }

    ExtentQueue queue() {
        return queue;
    }

    /**
     * Adds records; those of a member that has left go nowhere and are counted.
     *
     * @return whether {@link #publish} has to be called now and had not to before
     */
    boolean add(long extent, int records) {
        if (left) {
            droppedPackets.setRelease(droppedPackets.getPlain() + records);
            return false;
        }
        queue.add(extent);
        addedPackets += records;
        addedBytes += Extent.length(extent);
        boolean first = !touched;
        touched = true;
        return first;
    }

    /** Shows the member what was added. The queue comes first: whatever is counted can be read. */
    void publish() {
        touched = false;
        queue.publish();
        bytes.setRelease(addedBytes);
        packets.setRelease(addedPackets);
    }

    /** Behind the fence that follows {@link #publish}. */
    void wake() {
        wakers.wake();
    }

    /**
     * The member has closed: it will not read any more, and holds no slab any more.
     *
     * @param unread how many packets in the queue count as dropped
     */
    void leave(long unread) {
        left = true;
        droppedPackets.setRelease(droppedPackets.getPlain() + unread);
        queue.drop();
    }

    boolean hasLeft() {
        return left;
    }

    /** Whether the member still has to read something. */
    boolean isInUse() {
        return !left && !queue.isConsumed();
    }

    /** Number of the slab where the member reads, if it {@link #isInUse} as just asked. */
    int oldestSlab() {
        return Extent.slab(queue.oldest());
    }

    /** Extents that the member still had to read when it was last asked whether it is in use. */
    long pendingExtents() {
        return left ? 0 : queue.pending();
    }

    /** Bytes added so far, published or not. */
    long addedBytes() {
        return addedBytes;
    }

    /** Any thread: bytes published so far. */
    long bytes() {
        return bytes.getAcquire();
    }

    /** Any thread: packets published so far. */
    long packets() {
        return packets.getAcquire();
    }

    /** Any thread: packets that the member had not got, or that came, when it closed early. */
    long droppedPackets() {
        return droppedPackets.getAcquire();
    }
}
