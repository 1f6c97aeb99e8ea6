package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.fusedpcap.cluster.distribute.TestCluster.Abend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbnormalEndTest {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int MEMBERS = 3;
    private static final int HEADER = 24;

    private final Random random = new Random(1);
    private final byte[] first = TestRecords.records(ORDER, random, 0, 2000, 1500);
    private final byte[] second = TestRecords.records(ORDER, random, 2000, 2000, 1500);
    private final MemorySource source = new MemorySource(ORDER);
    private TestCluster cluster = new TestCluster();

    @AfterEach
    void closeAll() {
        cluster.closeAll();
        assertThat(cluster.pool.usedBytes()).isZero();
        assertThat(source.isClosed()).isTrue();
        assertThat(cluster.ended).isEqualTo(1);
    }

    @Test
    void shouldFailTheOthersNextRead() throws IOException {
        open(AbnormalEndRule.ERROR, 64);
        cluster.read(0, 0, 1000);

        cluster.member(1).close();

        assertThat(cluster.read(0, 1000, 100)).isEqualTo(Member.ABNORMAL_END);
        assertThat(cluster.read(2, 0, 100)).isEqualTo(Member.ABNORMAL_END);
        assertThat(cluster.abends).containsExactly(new Abend(List.of(1001), "a", "b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {HEADER, 30, 1000, 1001, 5000, 200_000})
    void shouldEndTheOthersBehindThePacketTheyHaveBegun(int read) throws IOException {
        open(AbnormalEndRule.END, 64);
        byte[] got = Arrays.copyOf(new byte[0], 0);
        while (got.length < read) {
            int most = read - got.length;
            byte[] next = new byte[most];
            int length = cluster.member(0).read(got.length, ByteBuffer.wrap(next));
            got = joined(got, Arrays.copyOf(next, length));
        }

        cluster.member(1).close();

        got = joined(got, cluster.drain(0, got.length, 100));
        assertThat(cluster.read(0, got.length, 100)).isEqualTo(Member.END_OF_STREAM);
        byte[] expected = TestRecords.expected(ORDER, joined(first, second), 0, MEMBERS);
        assertThat(got).isEqualTo(Arrays.copyOf(expected, endOfRecord(expected, read)));
    }

    @Test
    void shouldGoOnToTheEndOfTheSegmentWhenItIsIgnored() throws IOException {
        open(AbnormalEndRule.IGNORE, 64);
        cluster.read(0, 0, 1000);

        cluster.member(1).close();

        assertThat(cluster.drain(0, 0, 9000))
                .isEqualTo(TestRecords.expected(ORDER, first, 0, MEMBERS));
        assertThat(cluster.drain(2, 0, 9000))
                .isEqualTo(TestRecords.expected(ORDER, first, 2, MEMBERS));
        assertThat(cluster.abends).containsExactly(new Abend(List.of(1001), "a", "b"));
        MemberStatistics dead = cluster.cluster().statistics().members().get(1);
        assertThat(dead.open()).isFalse();
        assertThat(dead.droppedPackets()).isEqualTo(packetsOf(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {HEADER, 25, 1000, 1001, 5000, 40_000, 400_000})
    void shouldCountThePacketsThatTheDeadHasNotGotWhole(int read) throws IOException {
        open(AbnormalEndRule.IGNORE, 64);
        byte[] expected = TestRecords.expected(ORDER, first, 1, MEMBERS);
        assertThat(cluster.read(1, 0, read)).isEqualTo(read);

        cluster.member(1).close();
        cluster.drain(0, 0, 9000);

        MemberStatistics dead = cluster.cluster().statistics().members().get(1);
        assertThat(dead.droppedPackets()).isEqualTo(packetsOf(1) - wholeRecords(expected, read));
        assertThat(dead.queuedBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(AbnormalEndRule.class)
    void shouldCountWhatWasQueuedForTheDeadWhateverTheOthersDo(AbnormalEndRule rule)
            throws IOException {
        open(rule, 64);
        cluster.drain(0, 0, 9000);
        MemberStatistics queued = cluster.cluster().statistics().members().get(1);

        cluster.member(1).close();

        MemberStatistics dead = cluster.cluster().statistics().members().get(1);
        assertThat(queued.packets()).isPositive();
        assertThat(dead.droppedPackets()).isEqualTo(queued.packets());
        assertThat(dead.packets()).isEqualTo(queued.packets());
    }

    @Test
    void shouldNotCountForThoseWhoWereToldOfTheEnd() throws IOException {
        open(AbnormalEndRule.ERROR, 64);
        cluster.read(0, 0, 1000);
        cluster.member(1).close();
        assertThat(cluster.read(2, 0, 10)).isEqualTo(Member.ABNORMAL_END);

        cluster.member(2).close();

        MemberStatistics told = cluster.cluster().statistics().members().get(2);
        assertThat(told.packets()).isPositive();
        assertThat(told.droppedPackets()).isZero();
    }

    @Test
    void shouldNotBeHeldBackByTheDead() throws IOException {
        open(AbnormalEndRule.IGNORE, 1);
        byte[] led = cluster.drain(0, 0, 9000);
        assertThat(cluster.read(0, led.length, 10)).isEqualTo(Member.NOT_YET);
        AtomicInteger woken = new AtomicInteger();
        cluster.member(0).onReadable(woken::incrementAndGet);

        cluster.member(1).close();
        cluster.member(2).close();

        assertThat(woken).hasPositiveValue();
        assertThat(joined(led, cluster.drain(0, led.length, 9000)))
                .isEqualTo(TestRecords.expected(ORDER, first, 0, MEMBERS));
        assertThat(cluster.abends).last().isEqualTo(new Abend(List.of(1001, 1002), "a", "b"));
    }

    @ParameterizedTest
    @EnumSource(AbnormalEndRule.class)
    void shouldFindNothingAbnormalWhenAllHaveReadEverything(AbnormalEndRule rule)
            throws IOException {
        open(rule, 64);
        for (int i = 0; i < MEMBERS; i++) {
            byte[] got = cluster.drain(i, 0, 9000);
            assertThat(got)
                    .isEqualTo(TestRecords.expected(ORDER, joined(first, second), i, MEMBERS));
        }

        cluster.closeAll();

        assertThat(cluster.abends).isEmpty();
    }

    @Test
    void shouldFailTheOthersAlsoWhenEverythingIsDistributed() throws IOException {
        open(AbnormalEndRule.ERROR, 64);
        byte[] got = cluster.drain(0, 0, 9000);
        assertThat(cluster.read(0, got.length, 1)).isEqualTo(Member.END_OF_STREAM);
        cluster.member(0).close();
        assertThat(cluster.abends).isEmpty();

        cluster.member(1).close();

        assertThat(cluster.read(2, 0, 10)).isEqualTo(Member.ABNORMAL_END);
        assertThat(cluster.abends).hasSize(1);
    }

    @Test
    void shouldNotCallThoseAbnormalWhoWereToldToEnd() throws IOException {
        open(AbnormalEndRule.ERROR, 64);
        cluster.member(1).close();
        assertThat(cluster.read(0, 0, 10)).isEqualTo(Member.ABNORMAL_END);
        cluster.member(0).close();
        cluster.member(2).close();

        assertThat(cluster.abends)
                .containsExactly(
                        new Abend(List.of(1001), "a", "b"),
                        new Abend(List.of(1001, 1002), "a", "b"));
    }

    @ParameterizedTest
    @EnumSource(AbnormalEndRule.class)
    void shouldWakeThoseWhoWait(AbnormalEndRule rule) throws IOException {
        cluster =
                TestCluster.filled(new ClusterSettings(2, 4, rule), source, TestRecords.chooser(2));
        AtomicInteger woken = new AtomicInteger();
        cluster.member(0).onReadable(woken::incrementAndGet);
        assertThat(cluster.read(0, HEADER, 10)).isEqualTo(Member.NOT_YET);

        cluster.member(1).close();

        assertThat(woken).hasPositiveValue();
        assertThat(cluster.read(0, HEADER, 10))
                .isEqualTo(
                        rule == AbnormalEndRule.ERROR ? Member.ABNORMAL_END : Member.END_OF_STREAM);
    }

    @Test
    void shouldKeepItsWordAboutTheSizeWhenTheOthersEnd() throws IOException {
        for (AbnormalEndRule rule : List.of(AbnormalEndRule.ERROR, AbnormalEndRule.END)) {
            MemorySource own = MemorySource.of(ORDER, first);
            TestCluster other =
                    TestCluster.filled(
                            new ClusterSettings(2, 8, rule, 200_000), own, TestRecords.chooser(2));
            other.read(0, 0, 40_000);
            long promised = other.member(0).readableSize();
            other.member(1).close();

            byte[] got = other.drain(0, 0, 30_000);

            assertThat(got)
                    .isEqualTo(
                            Arrays.copyOf(
                                    TestRecords.expected(ORDER, first, 0, 2), (int) promised));
            assertThat(other.member(0).readableSize()).isEqualTo(promised);
            assertThat(other.read(0, promised, 1))
                    .isEqualTo(
                            rule == AbnormalEndRule.ERROR
                                    ? Member.ABNORMAL_END
                                    : Member.END_OF_STREAM);
            other.closeAll();
        }
        open(AbnormalEndRule.ERROR, 1);
    }

    private void open(AbnormalEndRule rule, int slack) throws IOException {
        source.append(first);
        source.startSegment("b");
        source.append(second);
        source.complete();
        cluster = TestCluster.filled(new ClusterSettings(MEMBERS, slack, rule), source);
    }

    private long packetsOf(int member) {
        long packets = 0;
        for (int serial = 0; serial < 2000; serial++) {
            packets += TestRecords.memberOf(serial, MEMBERS) == member ? 1 : 0;
        }
        return packets;
    }

    private static long wholeRecords(byte[] stream, int position) {
        ByteBuffer buffer = ByteBuffer.wrap(stream).order(ORDER);
        long records = 0;
        int at = HEADER + TestRecords.RECORD_HEADER + buffer.getInt(HEADER + 8);
        while (at <= position) {
            records++;
            at += TestRecords.RECORD_HEADER + buffer.getInt(at + 8);
        }
        return records;
    }

    private static int endOfRecord(byte[] stream, int position) {
        ByteBuffer buffer = ByteBuffer.wrap(stream).order(ORDER);
        int at = HEADER;
        while (at < position) {
            at += TestRecords.RECORD_HEADER + buffer.getInt(at + 8);
        }
        return at;
    }

    private static byte[] joined(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
