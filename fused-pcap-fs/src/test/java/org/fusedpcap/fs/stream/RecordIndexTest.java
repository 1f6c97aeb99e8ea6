package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecordIndexTest {

    private static final int BLOCK = 16 * 1024;

    @Test
    void shouldFindTheFirstRecordForEverythingInAFileOfOne() {
        RecordIndex index = new RecordIndex();
        index.add(24);

        assertThat(index.recordBefore(24)).isEqualTo(24);
        assertThat(index.recordBefore(10L * BLOCK)).isEqualTo(24);
    }

    @Test
    void shouldStepBackOverBlocksInWhichNoRecordBegins() {
        RecordIndex index = new RecordIndex();
        index.add(24);
        index.add(100);
        index.add(5L * BLOCK + 7);

        assertThat(index.recordBefore(3L * BLOCK)).isEqualTo(24);
        assertThat(index.recordBefore(5L * BLOCK + 6)).isEqualTo(24);
        assertThat(index.recordBefore(5L * BLOCK + 7)).isEqualTo(5L * BLOCK + 7);
    }

    @Test
    void shouldBeNearAndNeverBehind() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RecordIndex index = new RecordIndex();
        TreeSet<Long> records = new TreeSet<>();
        long at = 24;
        while (records.size() < 20_000) {
            index.add(at);
            records.add(at);
            at += 16 + (random.nextInt(100) == 0 ? random.nextInt(262_144) : random.nextInt(1500));
        }
        for (int i = 0; i < 20_000; i++) {
            long offset = 24 + (long) (random.nextDouble() * (at - 24));
            long found = index.recordBefore(offset);

            assertThat(records).contains(found);
            assertThat(found).isLessThanOrEqualTo(offset);
            Long sameBlock = records.ceiling(offset / BLOCK * BLOCK);
            if (sameBlock != null && sameBlock <= offset) {
                assertThat(found).isGreaterThanOrEqualTo(sameBlock);
            }
        }
    }

    @Test
    void shouldStaySmallHoweverLongTheFileIs() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RecordIndex index = new RecordIndex();
        long[] records = addUpTo(index, 200L << 30, random, 0);
        long end = records[records.length - 1];
        for (int i = 0; i < 20_000; i++) {
            long offset = 24 + (long) (random.nextDouble() * (end - 24));
            long found = index.recordBefore(offset);

            assertThat(Arrays.binarySearch(records, found)).isNotNegative();
            assertThat(found).isBetween(offset - (8 << 20), offset);
            assertThat(index.isSwappedBefore(offset)).isEqualTo(isSwapped(found));
        }
        assertThat(index.bytes()).isLessThan(1 << 20);
    }

    @Test
    void shouldForgetAndGrowCoarserAtTheSameTime() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RecordIndex index = new RecordIndex();
        long kept = 5L << 30;
        long[] records = addUpTo(index, 40L << 30, random, kept);
        long end = records[records.length - 1];
        for (int i = 0; i < 20_000; i++) {
            long offset = end - (long) (random.nextDouble() * kept);
            long found = index.recordBefore(offset);

            assertThat(Arrays.binarySearch(records, found)).isNotNegative();
            assertThat(found).isBetween(offset - (1 << 20), offset);
            assertThat(index.isSwappedBefore(offset)).isEqualTo(isSwapped(found));
        }
    }

    /** Adds records; forgets those further back than some bytes, if not none. */
    private static long[] addUpTo(RecordIndex index, long end, Random random, long keep) {
        LongStream.Builder records = LongStream.builder();
        for (long at = 24; at < end; at += 16 + random.nextInt(262_144)) {
            index.add(at, isSwapped(at));
            records.add(at);
            if (keep > 0 && random.nextInt(64) == 0) {
                index.forgetBefore(Math.max(0, at - keep - (1 << 20)));
            }
        }
        return records.build().toArray();
    }

    private static boolean isSwapped(long record) {
        return (record >>> 34) % 2 == 1;
    }
}
