package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlabPoolTest {

    private static final long SLAB = SlabPool.SLAB_LENGTH;
    private static final int MANY = 1024;

    private final SlabPool pool = new SlabPool(2L * SlabPool.SLAB_LENGTH);

    @Test
    void shouldGiveOutTheSlabThatCameBackLast() {
        ByteBuffer one = pool.take();
        ByteBuffer other = pool.take();
        assertThat(one.capacity()).isEqualTo(SlabPool.SLAB_LENGTH);
        pool.giveBack(one);
        pool.giveBack(other);

        assertThat(pool.take()).isSameAs(other);
        assertThat(pool.take()).isSameAs(one);
    }

    @Test
    void shouldKeepNoMoreThanItsBound() {
        ByteBuffer[] slabs = {pool.take(), pool.take(), pool.take()};
        assertThat(pool.usedBytes()).isEqualTo(3L * SlabPool.SLAB_LENGTH);

        for (ByteBuffer slab : slabs) {
            pool.giveBack(slab);
        }

        assertThat(pool.usedBytes()).isZero();
        assertThat(pool.idleBytes()).isEqualTo(2L * SlabPool.SLAB_LENGTH);
    }

    @Test
    void shouldHaveTheMemoryFreedThatItDoesNotKeep() {
        long before = directBytes();
        List<ByteBuffer> slabs = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            slabs.add(pool.take());
        }
        assertThat(directBytes() - before).isGreaterThanOrEqualTo(MANY * SLAB);

        // Nothing may hold on to a slab that was given back.
        while (!slabs.isEmpty()) {
            pool.giveBack(slabs.remove(slabs.size() - 1));
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(directBytes() - before).isLessThan(MANY * SLAB / 2));
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(bean -> bean.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
