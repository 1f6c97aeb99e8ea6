package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackPressureTest {

    private static final ByteOrder ORDER = ByteOrder.BIG_ENDIAN;
    private static final int BLOCK = SlabPool.SLAB_LENGTH;

    private final byte[] records = TestRecords.records(ORDER, new Random(1), 0, 8000, 1500);
    private TestCluster cluster = new TestCluster();

    @AfterEach
    void closeAll() {
        cluster.closeAll();
        assertThat(cluster.pool.usedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16})
    void shouldHoldTheLeaderBackWhenAnotherMemberStands(int slack) throws IOException {
        open(slack);

        byte[] led = cluster.drain(0, 0, BLOCK);

        assertThat(cluster.read(0, led.length, 100)).isEqualTo(Member.NOT_YET);
        ClusterStatistics statistics = cluster.cluster().statistics();
        long distributed = statistics.members().stream().mapToLong(MemberStatistics::bytes).sum();
        assertThat(distributed)
                .isLessThanOrEqualTo((long) slack * BLOCK)
                .isGreaterThan((long) slack * (BLOCK - 2048) - 1);
        assertThat(statistics.memoryBytes()).isEqualTo((slack + 1L) * BLOCK);
        assertThat(statistics.slackWaits()).isPositive();
    }

    @Test
    void shouldWakeTheLeaderWhenTheSlowestMemberLeavesABlock() throws IOException {
        open(2);
        byte[] led = cluster.drain(0, 0, BLOCK);
        AtomicInteger woken = new AtomicInteger();
        cluster.member(0).onReadable(woken::incrementAndGet);
        assertThat(cluster.read(0, led.length, 100)).isEqualTo(Member.NOT_YET);

        assertThat(cluster.read(1, 0, 1000)).isEqualTo(1000);
        assertThat(woken).hasValue(0);
        assertThat(cluster.read(1, 1000, BLOCK)).isEqualTo(BLOCK);

        assertThat(woken).hasValue(1);
        assertThat(cluster.read(0, led.length, 100)).isPositive();
    }

    @Test
    void shouldLoseNothingWhenASlowMemberGoesOn() throws IOException {
        open(1);
        byte[][] got = {new byte[0], new byte[0]};
        for (int turn = 0; turn < 2000; turn++) {
            int member = turn % 5 == 0 ? 1 : 0;
            got[member] = joined(got[member], cluster.drain(member, got[member].length, 5000));
        }

        assertThat(got[0]).isEqualTo(TestRecords.expected(ORDER, records, 0, 2));
        assertThat(got[1]).isEqualTo(TestRecords.expected(ORDER, records, 1, 2));
    }

    @Test
    void shouldNotTakeMemoryItDoesNotNeed() throws IOException {
        open(ClusterSettings.MAX_SLACK);
        byte[][] got = {new byte[0], new byte[0]};
        for (int turn = 0; turn < 200; turn++) {
            int member = turn % 2;
            byte[] next = new byte[50_000];
            int length = cluster.member(member).read(got[member].length, ByteBuffer.wrap(next));
            got[member] = joined(got[member], Arrays.copyOf(next, Math.max(0, length)));
        }

        assertThat(got[0]).isEqualTo(TestRecords.expected(ORDER, records, 0, 2));
        assertThat(cluster.cluster().statistics().memoryBytes()).isLessThan(20L * BLOCK);
    }

    private void open(int slack) throws IOException {
        cluster =
                TestCluster.filled(
                        new ClusterSettings(2, slack, AbnormalEndRule.ERROR),
                        MemorySource.of(ORDER, records));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
