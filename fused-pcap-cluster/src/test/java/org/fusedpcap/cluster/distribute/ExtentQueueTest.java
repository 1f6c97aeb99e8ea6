package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ExtentQueueTest {

    private final ExtentQueue queue = new ExtentQueue(2, 64);

    @Test
    void shouldShowNothingBeforeItIsPublished() {
        queue.add(7);

        assertThat(queue.tail()).isZero();
        queue.publish();
        assertThat(queue.tail()).isEqualTo(1);
    }

    @Test
    void shouldKeepEverythingWhenItGrows() {
        for (int i = 0; i < 100; i++) {
            queue.add(i);
        }
        queue.publish();

        for (int i = 0; i < 100; i++) {
            assertThat(at(i)).isEqualTo(i);
        }
        assertThat(queue.memoryBytes()).isEqualTo(128 * Long.BYTES);
    }

    @Test
    void shouldShrinkAgainAndKeepWhatIsLeft() {
        for (int i = 0; i < 1000; i++) {
            queue.add(i);
        }
        queue.publish();
        queue.release(800);
        assertThat(queue.isConsumed()).isFalse();
        assertThat(queue.memoryBytes()).isEqualTo(1024 * Long.BYTES);
        queue.release(900);
        assertThat(queue.isConsumed()).isFalse();
        assertThat(queue.memoryBytes()).isEqualTo(256 * Long.BYTES);
        for (int i = 1000; i < 1100; i++) {
            queue.add(i);
        }
        queue.publish();

        for (int i = 900; i < 1100; i++) {
            assertThat(at(i)).isEqualTo(i);
        }
        queue.release(1100);
        assertThat(queue.isConsumed()).isTrue();
        assertThat(queue.memoryBytes()).isEqualTo(64 * Long.BYTES);
    }

    @Test
    void shouldUseItsSlotsAgainWhenTheConsumerGoesOn() {
        for (int i = 0; i < 1000; i++) {
            queue.add(i);
            queue.publish();
            assertThat(at(i)).isEqualTo(i);
            queue.release(i + 1);
        }

        assertThat(queue.memoryBytes()).isEqualTo(2 * Long.BYTES);
    }

    @Test
    void shouldTellTheProducerTheOldestExtentInUse() {
        assertThat(queue.isConsumed()).isTrue();
        queue.add(5);
        queue.add(6);
        queue.publish();
        queue.release(1);

        assertThat(queue.isConsumed()).isFalse();
        assertThat(queue.oldest()).isEqualTo(6);
        queue.release(2);
        assertThat(queue.isConsumed()).isTrue();
    }

    @Test
    void shouldHandOverEverythingInOrderBetweenTwoThreads() throws Exception {
        int count = 300_000;
        long seed = new Random().nextLong();
        System.out.printf("seed %d%n", seed);
        Random random = new Random(seed);
        CompletableFuture<Long> wrong = CompletableFuture.supplyAsync(() -> consume(count));
        for (int i = 0; i < count; ) {
            for (int burst = 1 + random.nextInt(20); burst > 0 && i < count; burst--) {
                queue.add(i++);
            }
            queue.publish();
            queue.isConsumed();
        }

        assertThat(wrong.get(180, TimeUnit.SECONDS)).isZero();
    }

    private long consume(int count) {
        long wrong = 0;
        long head = 0;
        while (head < count) {
            long tail = queue.tail();
            long[] ring = queue.ring();
            for (; head < tail; head++) {
                wrong += ring[(int) head & ring.length - 1] == head ? 0 : 1;
            }
            queue.release(head);
            Thread.onSpinWait();
        }
        return wrong;
    }

    private long at(long number) {
        long[] ring = queue.ring();
        return ring[(int) number & ring.length - 1];
    }
}
