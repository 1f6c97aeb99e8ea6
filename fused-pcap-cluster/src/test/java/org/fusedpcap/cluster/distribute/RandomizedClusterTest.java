package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * Many threads, a stream that grows while it is read, and everything else by chance: who reads how
 * much, who dawdles, who is interrupted, how little slack there is.
 */
@Timeout(600)
class RandomizedClusterTest {

    private static final int[] SIZES = {2, 3, 8, 32};

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final ByteOrder order =
            random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    private final int members = SIZES[random.nextInt(SIZES.length)];
    private final int slack = 1 + random.nextInt(random.nextBoolean() ? 3 : 64);
    private final int window = random.nextInt(3) == 0 ? 300_000 : 0;
    private final MemorySource source = new MemorySource(order);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @RepeatedTest(24)
    void shouldGiveEachMemberExactlyItsOwnPacketsInOrder() throws Exception {
        System.out.printf(
                "seed %d: %d members, slack %d, window %d%n", seed, members, slack, window);
        ClusterSettings settings =
                new ClusterSettings(members, slack, AbnormalEndRule.ERROR, window);
        boolean allThere = random.nextInt(3) == 0;
        if (allThere) {
            feed(() -> {});
        }
        TestCluster cluster = TestCluster.filled(settings, source, chooser());
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<byte[]>> readers = new ArrayList<>();
            for (Member member : cluster.members) {
                long own = random.nextLong();
                readers.add(CompletableFuture.supplyAsync(() -> readAll(member, own), threads));
            }
            if (!allThere) {
                feed(cluster.cluster()::sourceMayHaveMore);
            }
            byte[] all = written.toByteArray();
            for (int i = 0; i < members; i++) {
                assertThat(readers.get(i).get(180, TimeUnit.SECONDS))
                        .as("member %d, seed %d", i, seed)
                        .isEqualTo(TestRecords.expected(order, all, i, members));
            }
            assertThat(cluster.cluster().statistics().memoryBytes())
                    .isLessThanOrEqualTo(mostMemory());
        } finally {
            threads.shutdownNow();
        }
        assertThat(cluster.abends).isEmpty();
        assertThat(cluster.ended).isEqualTo(1);
        assertThat(cluster.pool.usedBytes()).isZero();
    }

    private MemberChooser chooser() {
        MemberChooser plain = TestRecords.chooser(members);
        return random.nextBoolean() ? plain : new LearningChooser(plain);
    }

    private long mostMemory() {
        int records = Math.max(slack, 2);
        int history = window == 0 ? 1 : 1 + 4;
        return (long) SlabPool.SLAB_LENGTH * (records + members * history);
    }

    private void feed(Runnable notice) {
        int serial = 0;
        int chunks = 20 + random.nextInt(60);
        for (int chunk = 0; chunk < chunks; chunk++) {
            if (random.nextInt(12) == 0) {
                source.startSegment("segment" + chunk);
            }
            int count = 1 + random.nextInt(random.nextBoolean() ? 4 : 400);
            int longest = random.nextInt(20) == 0 ? 200_000 : 1500;
            byte[] records =
                    TestRecords.records(order, random, serial, longest > 1500 ? 3 : count, longest);
            serial += count;
            written.writeBytes(records);
            source.append(records);
            notice.run();
            if (random.nextInt(3) == 0) {
                Thread.yield();
            }
        }
        source.complete();
        notice.run();
    }

    private byte[] readAll(Member member, long own) {
        Random chance = new Random(own);
        int largest = 500 + chance.nextInt(chance.nextBoolean() ? 5_000 : 200_000);
        boolean dawdles = chance.nextInt(4) == 0;
        BlockingReader reader = new BlockingReader(member);
        int result;
        do {
            if (chance.nextInt(20) == 0) {
                Thread.currentThread().interrupt();
            }
            for (int i = dawdles && chance.nextInt(8) == 0 ? 10 : 0; i > 0; i--) {
                Thread.yield();
            }
            result = reader.read(1 + chance.nextInt(largest));
            Thread.interrupted();
        } while (result > 0);
        assertThat(result).isEqualTo(Member.END_OF_STREAM);
        member.close();
        return reader.bytes();
    }

    /** Asks at random for what comes next, and checks what it is shown. */
    private static final class LearningChooser implements MemberChooser {
        private final MemberChooser plain;
        private final Random chance = new Random(1);
        private UpcomingPackets upcoming = () -> false;
        private long learnt;
        private long chosen;

        LearningChooser(MemberChooser plain) {
            this.plain = plain;
        }

        @Override
        public int memberOf(ByteBuffer buffer, int packet, int captured, int original) {
            chosen++;
            learnt = Math.max(learnt, chosen);
            while (chance.nextInt(50) == 0 && upcoming.showMore()) {
                assertThat(learnt).isGreaterThan(chosen);
            }
            return plain.memberOf(buffer, packet, captured, original);
        }

        @Override
        public boolean looksAhead() {
            return true;
        }

        @Override
        public void lookAheadAt(UpcomingPackets packets) {
            upcoming = packets;
        }

        @Override
        public void learn(ByteBuffer buffer, int packet, int captured) {
            learnt++;
            assertThat(captured).isNotNegative();
        }
    }
}
