package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterReadTest {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int BLOCK = SlabPool.SLAB_LENGTH;
    private static final int HEADER = 24;

    private TestCluster cluster = new TestCluster();

    @AfterEach
    void closeAll() {
        cluster.closeAll();
        assertThat(cluster.pool.usedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "2, 64", "3, 2", "8, 64", "32, 4"})
    void shouldGiveEveryMemberTheHeaderAndItsPacketsInOrder(int members, int slack)
            throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(1), 0, 4000, 1500);
        open(members, slack, MemorySource.of(ORDER, records));

        byte[][] got = drainInTurns(members);

        for (int i = 0; i < members; i++) {
            assertThat(got[i]).isEqualTo(TestRecords.expected(ORDER, records, i, members));
            assertThat(cluster.read(i, got[i].length, 100)).isEqualTo(Member.END_OF_STREAM);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {131_056, 131_057, 200_000, 262_144})
    void shouldHandOverRecordsLongerThanABlock(int captured) throws IOException {
        ByteBuffer records = ByteBuffer.allocate(40 * (captured + 300));
        for (int i = 0; i < 40; i++) {
            records.put(TestRecords.record(ORDER, i, i % 2 == 0 ? captured : 100));
        }
        byte[] all = Arrays.copyOf(records.array(), records.position());
        open(2, 1, MemorySource.of(ORDER, all));

        byte[][] got = drainInTurns(2);

        assertThat(got[0]).isEqualTo(TestRecords.expected(ORDER, all, 0, 2));
        assertThat(got[1]).isEqualTo(TestRecords.expected(ORDER, all, 1, 2));
    }

    @Test
    void shouldSayNotYetUntilTheSourceHasMore() throws IOException {
        MemorySource source = new MemorySource(ORDER);
        open(2, 4, source);
        assertThat(cluster.read(0, 0, 100)).isEqualTo(HEADER);
        assertThat(cluster.read(0, HEADER, 100)).isEqualTo(Member.NOT_YET);

        int serial = serialOf(0, 2);
        source.append(TestRecords.record(ORDER, serial, 60));

        assertThat(cluster.read(0, HEADER, 100)).isEqualTo(76);
        assertThat(cluster.read(1, HEADER, 100)).isEqualTo(Member.NOT_YET);
    }

    @Test
    void shouldCutARecordWhereTheBufferEnds() throws IOException {
        int serial = serialOf(0, 2);
        byte[] record = TestRecords.record(ORDER, serial, 60);
        open(2, 4, MemorySource.of(ORDER, record));

        assertThat(cluster.read(0, 0, HEADER + 10)).isEqualTo(HEADER + 10);
        assertThat(cluster.drain(0, HEADER + 10, 7))
                .isEqualTo(Arrays.copyOfRange(record, 10, record.length));
    }

    @Test
    void shouldFillALargeBufferFromManyBlocks() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(2), 0, 4000, 1500);
        open(4, 64, MemorySource.of(ORDER, records));

        assertThat(cluster.read(2, 0, BLOCK)).isEqualTo(BLOCK);
    }

    @Test
    void shouldReadItsFirst128KibAgain() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(3), 0, 2000, 1500);
        open(2, 64, MemorySource.of(ORDER, records));
        byte[] expected = TestRecords.expected(ORDER, records, 0, 2);
        assertThat(cluster.drain(0, 0, 50_000)).isEqualTo(expected);

        ByteBuffer again = ByteBuffer.allocate(BLOCK + 1000);
        assertThat(cluster.member(0).read(0, again)).isEqualTo(BLOCK);
        assertThat(Arrays.copyOf(again.array(), BLOCK)).isEqualTo(Arrays.copyOf(expected, BLOCK));
        assertThat(cluster.read(0, BLOCK - 1, 1)).isEqualTo(1);
        assertThat(cluster.read(0, BLOCK, 1)).isEqualTo(Member.NOT_SEEKABLE);
        assertThat(cluster.read(0, expected.length, 1)).isEqualTo(Member.END_OF_STREAM);
    }

    @Test
    void shouldGoOnBehindWhatWasReadWhenTheReaderSeeksBack() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(4), 0, 2000, 1500);
        open(2, 64, MemorySource.of(ORDER, records));
        assertThat(cluster.read(0, 0, 4096)).isEqualTo(4096);

        assertThat(cluster.drain(0, 0, 10_000))
                .isEqualTo(TestRecords.expected(ORDER, records, 0, 2));
    }

    @Test
    void shouldRefuseToSeekBeyondTheFirst128Kib() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(5), 0, 4000, 1500);
        open(2, 64, MemorySource.of(ORDER, records));

        assertThat(cluster.read(0, 1_000_000, 100)).isEqualTo(Member.NOT_SEEKABLE);
        assertThat(cluster.member(0).available(1_000_000, 1)).isEqualTo(Member.NOT_SEEKABLE);
        assertThat(cluster.read(0, 0, 100)).isEqualTo(100);
    }

    @Test
    void shouldGiveTheLastByteAgainWhereverItWas() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(6), 0, 4000, 1500);
        open(2, 64, MemorySource.of(ORDER, records));
        byte[] expected = TestRecords.expected(ORDER, records, 0, 2);
        int far = 3 * BLOCK + 17;
        assertThat(cluster.read(0, 0, far)).isEqualTo(far);

        ByteBuffer again = ByteBuffer.allocate(1000);
        assertThat(cluster.member(0).read(far - 1, again)).isEqualTo(1000);
        assertThat(again.array()).isEqualTo(Arrays.copyOfRange(expected, far - 1, far + 999));
        assertThat(cluster.read(0, far - 1, 100)).isEqualTo(Member.NOT_SEEKABLE);
    }

    @Test
    void shouldSayWhatAReadWouldAnswer() throws IOException {
        MemorySource source = new MemorySource(ORDER);
        open(2, 4, source);
        assertThat(cluster.member(0).available(0, 1)).isEqualTo(HEADER);
        assertThat(cluster.member(0).available(HEADER, 1)).isEqualTo(Member.NOT_YET);

        source.append(TestRecords.record(ORDER, serialOf(0, 2), 60));
        source.complete();

        assertThat(cluster.member(0).available(HEADER, 1)).isEqualTo(76);
        assertThat(cluster.member(0).readableSize()).isEqualTo(HEADER + 76);
        assertThat(cluster.member(0).available(HEADER + 76, 1)).isEqualTo(Member.END_OF_STREAM);
        assertThat(cluster.read(0, 0, 200)).isEqualTo(HEADER + 76);
    }

    @Test
    void shouldDeliverWhatCameBeforeTheSourceFailed() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(6), 0, 100, 500);
        MemorySource source = new MemorySource(ORDER);
        source.append(records);
        source.failAtEnd(new IOException("another link type"));
        open(2, 64, source);

        byte[][] got = drainInTurns(2);

        for (int i = 0; i < 2; i++) {
            assertThat(got[i]).isEqualTo(TestRecords.expected(ORDER, records, i, 2));
            assertThat(cluster.read(i, got[i].length, 9)).isEqualTo(Member.SOURCE_FAILED);
            assertThat(cluster.member(i).failure().orElseThrow()).hasMessage("another link type");
        }
        cluster.closeAll();
        assertThat(cluster.abends).isEmpty();
    }

    @Test
    void shouldFailAtOnceWhenItIsStopped() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(7), 0, 100, 500);
        open(2, 64, MemorySource.of(ORDER, records));
        cluster.read(0, 0, 500);

        cluster.table.fail(new IOException("going down"));

        assertThat(cluster.read(0, 500, 9)).isEqualTo(Member.SOURCE_FAILED);
        assertThat(cluster.read(0, 1L << 40 | 5, 9)).isEqualTo(Member.SOURCE_FAILED);
        assertThat(cluster.read(1, 0, 9)).isEqualTo(Member.SOURCE_FAILED);
        assertThat(cluster.member(1).failure().orElseThrow()).hasMessage("going down");
        cluster.closeAll();
        assertThat(cluster.abends).isEmpty();
        assertThat(cluster.ended).isEqualTo(1);
    }

    @Test
    void shouldStopWhenTheChooserBreaksItsPromise() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(8), 0, 10, 500);
        cluster =
                TestCluster.filled(
                        new ClusterSettings(2, 4, AbnormalEndRule.ERROR),
                        MemorySource.of(ORDER, records),
                        (buffer, packet, captured, original) -> 99);

        assertThat(cluster.read(0, HEADER, 100)).isEqualTo(Member.SOURCE_FAILED);
        assertThat(cluster.read(1, HEADER, 100)).isEqualTo(Member.SOURCE_FAILED);
    }

    @Test
    void shouldCountWhatItDoes() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(9), 0, 500, 500);
        open(2, 64, MemorySource.of(ORDER, records));
        byte[] first = cluster.drain(0, 0, 10_000);

        ClusterStatistics statistics = cluster.cluster().statistics();

        MemberStatistics one = statistics.members().get(0);
        MemberStatistics other = statistics.members().get(1);
        assertThat(statistics.filled()).isTrue();
        assertThat(statistics.segment()).isEqualTo("a");
        assertThat(one.packets() + other.packets()).isEqualTo(500);
        assertThat(one.bytes()).isEqualTo(first.length - HEADER);
        assertThat(one.queuedBytes()).isZero();
        assertThat(other.queuedBytes()).isEqualTo(other.bytes());
        assertThat(one.bytes() + other.bytes()).isEqualTo(records.length);
        assertThat(statistics.memoryBytes()).isEqualTo(2L * BLOCK + BLOCK);
    }

    private void open(int members, int slack, RecordSource source) throws IOException {
        cluster =
                TestCluster.filled(
                        new ClusterSettings(members, slack, AbnormalEndRule.ERROR), source);
    }

    /** All members read by turns, so that none is stopped by another for good. */
    private byte[][] drainInTurns(int members) {
        byte[][] got = new byte[members][0];
        boolean more = true;
        while (more) {
            more = false;
            for (int i = 0; i < members; i++) {
                byte[] next = cluster.drain(i, got[i].length, 60_000);
                more |= next.length > 0;
                got[i] =
                        ByteBuffer.allocate(got[i].length + next.length)
                                .put(got[i])
                                .put(next)
                                .array();
            }
        }
        return got;
    }

    private static int serialOf(int member, int members) {
        int serial = 0;
        while (TestRecords.memberOf(serial, members) != member) {
            serial++;
        }
        return serial;
    }
}
