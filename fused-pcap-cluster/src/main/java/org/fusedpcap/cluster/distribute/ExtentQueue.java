package org.fusedpcap.cluster.distribute;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A queue of extents from one producer at a time to one consumer at a time; it grows as needed, and
 * shrinks when the need is over. It never makes the producer wait.
 *
 * <h2>Protocol</h2>
 *
 * <p>Two counters that only grow: {@code tail} counts the extents published, {@code head} those the
 * consumer has done with. Extent number <i>i</i> stands in {@code ring[i mod ring.length]}.
 *
 * <ul>
 *   <li>The producer writes extents with plain stores and then publishes all of them with one
 *       release store of {@code tail}. The consumer's volatile load of {@code tail} makes them, and
 *       the bytes in the slabs that they stand for, visible.
 *   <li>The consumer copies the bytes out and then stores {@code head}, volatile. The producer's
 *       acquire load of {@code head} lets it use the slots again, and lets the distributor use the
 *       slabs again: nothing is overwritten that is still being copied.
 *   <li>When the ring is full, or much larger than it need be, the producer copies everything from
 *       the {@code head} it saw last into a ring of another size and stores it in {@code ring},
 *       volatile, before it publishes anything beyond. The consumer loads {@code ring}
 *       <em>after</em> {@code tail}, so its ring holds all extents from its own {@code head} to
 *       that tail: an older ring is never written again, a newer one was filled from a {@code head}
 *       not beyond its own, and no slot of it is used again before that head has moved on.
 * </ul>
 *
 * <p>"One at a time": producers follow one another under the distributor's lock, consumers under
 * their member's, and these hand over the plain fields.
 */
final class ExtentQueue {

    private static final int FIRST_CAPACITY = 64;

    /** Rings up to this size stay as they are: to grow once more would cost more than they hold. */
    private static final int KEPT_CAPACITY = 16 * 1024;

    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    /** What consumers look into; written by the producer. */
    private volatile long[] ring;

    private final int keptCapacity;

    // The producer's own.
    private long[] slots;
    private long next;
    private long seenHead;

    ExtentQueue() {
        this(FIRST_CAPACITY, KEPT_CAPACITY);
    }

    /**
     * @param capacity number of slots to begin with, a power of two
     * @param keptCapacity number of slots that it does not shrink below, a power of two
     */
    ExtentQueue(int capacity, int keptCapacity) {
        this.keptCapacity = keptCapacity;
        slots = new long[capacity];
        ring = slots;
    }

    /** Producer: adds an extent that the consumer sees after {@link #publish}. */
    void add(long extent) {
        if (next - seenHead == slots.length) {
            makeRoom();
        }
        slots[(int) next & slots.length - 1] = extent;
        next++;
    }

    /** Producer: shows the consumer all extents added so far. */
    void publish() {
        tail.setRelease(next);
    }

    /** Producer: whether the consumer has done with everything that was added. */
    boolean isConsumed() {
        seenHead = head.getAcquire();
        if (slots.length > keptCapacity && pending() <= slots.length / 8) {
            shrink();
        }
        return seenHead == next;
    }

    /** Producer, when {@link #isConsumed} has just said no: the first extent still in use. */
    long oldest() {
        return slots[(int) seenHead & slots.length - 1];
    }

    /** Producer: extents added that the consumer had not done with when last looked. */
    long pending() {
        return next - seenHead;
    }

    /** Producer, when there is no consumer any more: forgets everything and keeps no memory. */
    void drop() {
        head.set(next);
        seenHead = next;
        moveTo(new long[1]);
    }

    /** Consumer: the number behind the last extent published. */
    long tail() {
        return tail.get();
    }

    /** Consumer: where to look for extents up to a {@link #tail} asked for before. */
    long[] ring() {
        return ring;
    }

    /** Consumer: everything before this number is done with. */
    void release(long number) {
        head.set(number);
    }

    /** Anyone: bytes of heap that the queue takes now. */
    long memoryBytes() {
        return (long) ring.length * Long.BYTES;
    }

    private void makeRoom() {
        seenHead = head.getAcquire();
        if (next - seenHead == slots.length) {
            moveTo(new long[slots.length * 2]);
        }
    }

    private void shrink() {
        int capacity = slots.length;
        while (capacity > keptCapacity && pending() <= capacity / 4) {
            capacity /= 2;
        }
        moveTo(new long[capacity]);
    }

    private void moveTo(long[] other) {
        for (long i = seenHead; i < next; i++) {
            other[(int) i & other.length - 1] = slots[(int) i & slots.length - 1];
        }
        slots = other;
        ring = other;
    }
}
