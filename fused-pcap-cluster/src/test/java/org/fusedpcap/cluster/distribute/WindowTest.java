package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reads that come as a page cache makes them: in pieces of 128 KiB, several at a time, any order.
 */
class WindowTest {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int REQUEST = 128 * 1024;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final byte[] records = TestRecords.records(ORDER, random, 0, 16_000, 1500);
    private final byte[] expected = TestRecords.expected(ORDER, records, 0, 2);
    private TestCluster cluster = new TestCluster();

    @BeforeEach
    void open() throws IOException {
        System.out.printf("seed %d%n", seed);
        cluster =
                TestCluster.filled(
                        new ClusterSettings(
                                2, 200, AbnormalEndRule.ERROR, ClusterSettings.PAGE_CACHE_WINDOW),
                        MemorySource.of(ORDER, records));
    }

    @AfterEach
    void closeAll() {
        cluster.closeAll();
        assertThat(cluster.pool.usedBytes()).isZero();
    }

    @Test
    void shouldAnswerSixteenRequestsInAnyOrder() {
        byte[] got = new byte[expected.length];
        for (int at = 0; at < expected.length; at += 16 * REQUEST) {
            int end = Math.min(expected.length, at + 16 * REQUEST);
            for (int offset : requests(at, end)) {
                ByteBuffer dst =
                        ByteBuffer.wrap(got, offset, Math.min(REQUEST, expected.length - offset));
                readFully(offset, dst);
            }
        }

        assertThat(got).isEqualTo(expected);
    }

    @Test
    void shouldReadThePagesAgainThatWereReadLast() {
        int end = 5_500_000;
        readTo(end);
        int from = end - ClusterSettings.PAGE_CACHE_WINDOW;

        ByteBuffer again = ByteBuffer.allocate(end - from);
        assertThat(cluster.member(0).read(from, again)).isEqualTo(end - from);

        assertThat(again.array()).isEqualTo(Arrays.copyOfRange(expected, from, end));
        assertThat(cluster.read(0, 200_000, 10)).isEqualTo(Member.NOT_SEEKABLE);
        assertThat(cluster.read(0, 0, REQUEST)).isEqualTo(REQUEST);
    }

    @Test
    void shouldGoNoFurtherAheadThanTheWindow() {
        readTo(1000);

        assertThat(cluster.read(0, 1001 + ClusterSettings.PAGE_CACHE_WINDOW, 10))
                .isEqualTo(Member.NOT_SEEKABLE);
        assertThat(cluster.read(0, 1000 + ClusterSettings.PAGE_CACHE_WINDOW, 10)).isEqualTo(10);
        assertThat(cluster.read(0, 1000, 10)).isEqualTo(10);
    }

    @Test
    void shouldReadEverythingBelowTheSizeInOneRead() {
        long size = 0;
        byte[] got = new byte[0];
        while (cluster.member(0).available(size, 1) > 0) {
            size = cluster.member(0).readableSize();
            ByteBuffer next = ByteBuffer.allocate((int) size - got.length);
            assertThat(cluster.member(0).read(got.length, next)).isEqualTo(next.capacity());
            got = ByteBuffer.allocate((int) size).put(got).put(next.flip()).array();
        }

        assertThat(got).isEqualTo(expected);
        assertThat(cluster.member(0).available(size, 1)).isEqualTo(Member.END_OF_STREAM);
    }

    @Test
    void shouldSayHowMuchIsThereThoughNothingIsReadAndSlackIsShort() throws IOException {
        byte[] few = TestRecords.records(ORDER, random, 0, 2000, 1500);
        TestCluster single =
                TestCluster.filled(
                        new ClusterSettings(
                                1, 1, AbnormalEndRule.ERROR, ClusterSettings.PAGE_CACHE_WINDOW),
                        MemorySource.of(ORDER, few));

        long size = 1;
        int more;
        while ((more = single.member(0).available(size, 1)) > 0) {
            size += more;
        }

        assertThat(more).isEqualTo(Member.END_OF_STREAM);
        assertThat(size).isEqualTo(24 + few.length);
        assertThat(single.drain(0, 0, REQUEST)).isEqualTo(TestRecords.expected(ORDER, few, 0, 1));
        single.closeAll();
    }

    private List<Integer> requests(int from, int end) {
        List<Integer> offsets = new ArrayList<>();
        for (int at = from; at < end; at += REQUEST) {
            offsets.add(at);
        }
        Collections.shuffle(offsets, random);
        return offsets;
    }

    /** What one read hands out is bounded; the rest is for the next one. */
    private void readFully(int offset, ByteBuffer dst) {
        int at = offset;
        while (dst.hasRemaining()) {
            int read = cluster.member(0).read(at, dst);
            assertThat(read).isPositive();
            at += read;
        }
    }

    private void readTo(int end) {
        ByteBuffer all = ByteBuffer.allocate(end);
        int at = 0;
        while (at < end) {
            at += cluster.member(0).read(at, all);
        }
    }
}
