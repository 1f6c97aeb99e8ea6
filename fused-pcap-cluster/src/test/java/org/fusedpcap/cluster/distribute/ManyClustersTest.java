package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clusters formed and ended at random, all at the same time, with members that die. */
@Timeout(600)
class ManyClustersTest {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int MEMBERS = 4;
    private static final int CLUSTERS = 60;
    private static final int KEYS = 3;

    /** Who waits longer was not woken; {@link BlockingReader} gives up later than that. */
    private static final long LIMIT_S = 60;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final byte[] records = TestRecords.records(ORDER, random, 0, 3000, 1500);
    private final SlabPool pool = new SlabPool(8L * SlabPool.SLAB_LENGTH);
    private final ClusterTable<Integer> table = new ClusterTable<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger deaths = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(AbnormalEndRule.class)
    void shouldEndEveryReadAndKeepNothingWhenMembersDie(AbnormalEndRule rule) throws Exception {
        System.out.printf("seed %d%n", seed);
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < CLUSTERS * MEMBERS; i++) {
            int key = random.nextInt(KEYS);
            long own = random.nextLong();
            readers.add(CompletableFuture.runAsync(() -> live(key, rule, own), threads));
        }
        // Those who wait for others that do not come any more are told to stop.
        assertThat(awaitAllButTheLast(readers))
                .as("members of filled clusters wait who should have been woken, seed %d", seed)
                .isTrue();
        table.fail(new IOException("going down"));

        for (CompletableFuture<Void> reader : readers) {
            reader.get(180, TimeUnit.SECONDS);
        }
        table.forEach((key, cluster) -> assertThat(cluster).as("left over").isNull());
        assertThat(pool.usedBytes()).isZero();
        assertThat(deaths).hasPositiveValue();
    }

    @Test
    void shouldFormOneClusterForEachSetOfReadersThatComeAtOnce() throws Exception {
        System.out.printf("seed %d%n", seed);
        List<CompletableFuture<byte[]>> readers = new ArrayList<>();
        for (int i = 0; i < CLUSTERS * MEMBERS; i++) {
            readers.add(CompletableFuture.supplyAsync(this::readAll, threads));
        }
        List<byte[]> shares = new ArrayList<>();
        for (CompletableFuture<byte[]> reader : readers) {
            shares.add(reader.get(180, TimeUnit.SECONDS));
        }

        for (int i = 0; i < MEMBERS; i++) {
            byte[] expected = TestRecords.expected(ORDER, records, i, MEMBERS);
            assertThat(shares.stream().filter(share -> Arrays.equals(share, expected)))
                    .hasSize(CLUSTERS);
        }
        assertThat(pool.usedBytes()).isZero();
    }

    /** Waits until only those are left who have not enough others for a cluster. */
    private boolean awaitAllButTheLast(List<CompletableFuture<Void>> readers) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!areOnlyTheLastLeft(readers)) {
            if (System.nanoTime() > limit) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    private boolean areOnlyTheLastLeft(List<CompletableFuture<Void>> readers) {
        long left = readers.stream().filter(reader -> !reader.isDone()).count();
        AtomicInteger filled = new AtomicInteger();
        table.forEach((key, cluster) -> filled.addAndGet(cluster.isFilled() ? 1 : 0));
        return left <= KEYS * (MEMBERS - 1) && filled.get() == 0;
    }

    private byte[] readAll() {
        Member member = open(0, AbnormalEndRule.ERROR, 1);
        BlockingReader reader = new BlockingReader(member);
        assertThat(reader.readAll(100_000)).isEqualTo(Member.END_OF_STREAM);
        member.close();
        return reader.bytes();
    }

    private void live(int key, AbnormalEndRule rule, long own) {
        Random chance = new Random(own);
        Member member = open(key, rule, 1 + chance.nextInt(4));
        BlockingReader reader = new BlockingReader(member);
        int most = 500 + chance.nextInt(200_000);
        int reads = chance.nextInt(10) == 0 ? chance.nextInt(20) : Integer.MAX_VALUE;
        int result = 1;
        while (result > 0 && reads > 0) {
            result = reader.read(most);
            reads--;
        }
        deaths.addAndGet(result > 0 ? 1 : 0);
        member.close();
        check(reader.bytes(), result, rule);
    }

    /** Whatever happened, what was read is the beginning of somebody's share; all of it, at EOF. */
    private void check(byte[] got, int result, AbnormalEndRule rule) {
        boolean begins = got.length == 0;
        boolean whole = false;
        for (int i = 0; i < MEMBERS; i++) {
            byte[] expected = TestRecords.expected(ORDER, records, i, MEMBERS);
            whole |= Arrays.equals(got, expected);
            begins |=
                    got.length <= expected.length
                            && Arrays.equals(got, Arrays.copyOf(expected, got.length));
        }
        assertThat(begins).as("seed %d", seed).isTrue();
        if (result == Member.END_OF_STREAM && rule != AbnormalEndRule.END) {
            assertThat(whole).as("seed %d", seed).isTrue();
        }
    }

    private Member open(int key, AbnormalEndRule rule, int slack) {
        try {
            return table.open(key, 1, () -> newCluster(rule, slack));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Cluster newCluster(AbnormalEndRule rule, int slack) {
        return new Cluster(
                new ClusterParts(
                        new ClusterSettings(MEMBERS, slack, rule),
                        MemorySource.of(ORDER, records),
                        TestRecords.chooser(MEMBERS),
                        new ClusterListener() {},
                        pool));
    }
}
