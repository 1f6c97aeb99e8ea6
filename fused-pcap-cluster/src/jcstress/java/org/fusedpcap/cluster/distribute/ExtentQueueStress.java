package org.fusedpcap.cluster.distribute;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** What a consumer may see of an {@link ExtentQueue} while the producer works on it. */
public final class ExtentQueueStress {

    private static final int CAPACITY = 2;

    private ExtentQueueStress() {}

    /** Takes what is published and releases it; the numbers in order, as digits. */
    private static long take(ExtentQueue queue, long from) {
        long digits = 0;
        long tail = queue.tail();
        long[] ring = queue.ring();
        for (long i = from; i < tail; i++) {
            digits = digits * 10 + ring[(int) i & ring.length - 1];
        }
        queue.release(tail);
        return digits;
    }

    /** Everything published is seen in order, across a ring that grows, and nothing else. */
    @JCStressTest
    @Outcome(id = "0, 1234", expect = Expect.ACCEPTABLE, desc = "Nothing published yet")
    @Outcome(id = "1, 234", expect = Expect.ACCEPTABLE, desc = "Only the first batch")
    @Outcome(id = "123, 4", expect = Expect.ACCEPTABLE, desc = "Two batches")
    @Outcome(id = "1234, 0", expect = Expect.ACCEPTABLE, desc = "All of it")
    @State
    public static class Growing {
        private final ExtentQueue queue = new ExtentQueue(CAPACITY, CAPACITY);

        /** Publishes 1, then 2 and 3 in a larger ring, then 4. */
        @Actor
        public void produce() {
            queue.add(1);
            queue.publish();
            queue.add(2);
            queue.add(3);
            queue.publish();
            queue.add(4);
            queue.publish();
        }

        /** Takes twice; the second time after the producer is done. */
        @Actor
        public void consume(LL_Result result) {
            long first = take(queue, 0);
            int taken = first == 0 ? 0 : Long.toString(first).length();
            result.r1 = first;
            while (queue.tail() < 4) {
                Thread.onSpinWait();
            }
            result.r2 = take(queue, taken);
        }
    }

    /** Everything published is seen in order, across a ring that shrinks, and nothing else. */
    @JCStressTest
    @Outcome(id = "12345, 67", expect = Expect.ACCEPTABLE, desc = "What was there to begin with")
    @Outcome(id = "1234567, 0", expect = Expect.ACCEPTABLE, desc = "All of it")
    @State
    public static class Shrinking {
        private final ExtentQueue queue = new ExtentQueue(CAPACITY, CAPACITY);

        /** Five extents are there to begin with, in a ring of eight. */
        public Shrinking() {
            for (int i = 1; i <= 5; i++) {
                queue.add(i);
            }
            queue.publish();
        }

        /** Shrinks the ring if the first ones are taken, and adds two. */
        @Actor
        public void produce() {
            queue.isConsumed();
            queue.add(6);
            queue.add(7);
            queue.publish();
        }

        /** Takes twice; the second time after the producer is done. */
        @Actor
        public void consume(LL_Result result) {
            long first = take(queue, 0);
            result.r1 = first;
            while (queue.tail() < 7) {
                Thread.onSpinWait();
            }
            result.r2 = take(queue, Long.toString(first).length());
        }
    }

    /** A slot is not written again before the consumer has released it. */
    @JCStressTest
    @Outcome(id = "12, 0", expect = Expect.ACCEPTABLE, desc = "The slots were in use: it grew")
    @Outcome(id = "12, 1", expect = Expect.ACCEPTABLE, desc = "The slots were released: reused")
    @State
    public static class Reusing {
        private final ExtentQueue queue = new ExtentQueue(CAPACITY, CAPACITY);

        /** Two extents are there to begin with. */
        public Reusing() {
            queue.add(1);
            queue.add(2);
            queue.publish();
        }

        /** Adds two more, in the same slots or in new ones. */
        @Actor
        public void produce(LL_Result result) {
            queue.add(3);
            queue.add(4);
            result.r2 = queue.memoryBytes() == CAPACITY * Long.BYTES ? 1 : 0;
        }

        /** Takes the two that are published. */
        @Actor
        public void consume(LL_Result result) {
            result.r1 = take(queue, 0);
        }
    }

    /** The slab's bytes are written before they are published, and reused only when released. */
    @JCStressTest
    @Outcome(id = "0, 5", expect = Expect.ACCEPTABLE, desc = "Not published yet; not released")
    @Outcome(id = "5, 5", expect = Expect.ACCEPTABLE, desc = "Published, and not overwritten")
    @Outcome(id = "5, 9", expect = Expect.ACCEPTABLE, desc = "Published, released, reused")
    @State
    public static class Slabs {
        private final ExtentQueue queue = new ExtentQueue(CAPACITY, CAPACITY);
        private int slab;

        /** Writes, publishes, and writes again if that is allowed. */
        @Actor
        public void produce(LL_Result result) {
            slab = 5;
            queue.add(1);
            queue.publish();
            if (queue.isConsumed()) {
                slab = 9;
            }
            result.r2 = slab;
        }

        /** Reads the bytes only if they are published. */
        @Actor
        public void consume(LL_Result result) {
            long tail = queue.tail();
            result.r1 = tail == 0 ? 0 : slab;
            queue.release(tail);
        }
    }
}
