package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SlabPoolTest {

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
}
