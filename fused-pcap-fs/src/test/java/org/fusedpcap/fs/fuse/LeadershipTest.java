package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Plays the session loop with a queue in place of the kernel. */
class LeadershipTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private interface Work {
        void run() throws InterruptedException;
    }

    private final LinkedBlockingQueue<Work> requests = new LinkedBlockingQueue<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final Set<Thread> answering = ConcurrentHashMap.newKeySet();
    private final Leadership leadership = new Leadership(this::start, 2);

    private void start() {
        threads.incrementAndGet();
        Thread thread = new Thread(this::serve, "server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try {
            while (leadership.lead()) {
                Work work = requests.poll(50, TimeUnit.MILLISECONDS);
                if (work == null) {
                    continue;
                }
                leadership.begin();
                answering.add(Thread.currentThread());
                work.run();
                answering.remove(Thread.currentThread());
                leadership.end();
                answered.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.decrementAndGet();
        }
    }

    @AfterEach
    void shouldLeaveNoThreadWhenClosed() {
        leadership.close();
        Awaitility.await().atMost(LIMIT).until(() -> threads.get() == 0);
    }

    @Test
    void shouldServeOneRequestAfterTheOtherOnOneThread() {
        start();
        for (int i = 0; i < 100; i++) {
            requests.add(() -> {});
        }

        Awaitility.await().atMost(LIMIT).until(() -> answered.get() == 100);
        assertThat(threads).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void shouldServeOthersWhileManyHandedOverAndWait() {
        start();
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            requests.add(
                    () -> {
                        leadership.handOver();
                        release.await();
                    });
        }
        requests.add(() -> {});

        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> answering.size() == 100 && answered.get() == 1);
        release.countDown();
        Awaitility.await().atMost(LIMIT).until(() -> answered.get() == 101);
        Awaitility.await().atMost(LIMIT).until(() -> threads.get() < 20);
    }

    @Test
    void shouldServeOthersWhileALeaderTakesLongWithoutSayingSo() {
        start();
        CountDownLatch release = new CountDownLatch(1);
        requests.add(release::await);
        requests.add(() -> {});

        Awaitility.await().atMost(LIMIT).until(() -> answered.get() == 1);
        release.countDown();
        Awaitility.await().atMost(LIMIT).until(() -> answered.get() == 2);
    }

    @Test
    void shouldHaveAsManyAtWorkAsThereAreProcessorsNotCountingWhoWaits() {
        start();
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger joinable = new AtomicInteger();
        Work waiting =
                () -> {
                    leadership.waits();
                    leadership.handOver();
                    release.await();
                };
        Work working =
                () -> {
                    joinable.addAndGet(leadership.mayBeJoined() ? 1 : 0);
                    leadership.handOver();
                    release.await();
                };
        requests.add(waiting);
        requests.add(working);
        requests.add(working);

        Awaitility.await().atMost(LIMIT).until(() -> answering.size() == 3);
        assertThat(joinable).hasValue(1);
        assertThat(leadership.mayBeJoined()).isFalse();
        release.countDown();
        Awaitility.await().atMost(LIMIT).until(() -> answered.get() == 3);
        assertThat(leadership.mayBeJoined()).isTrue();
    }

    /** Who is at a disk for long has left its processor to others. */
    @Test
    void shouldNotCountWhoWasReplacedAsItTookLong() {
        start();
        CountDownLatch release = new CountDownLatch(1);
        requests.add(release::await);
        requests.add(release::await);

        Awaitility.await().atMost(LIMIT).until(() -> answering.size() == 2);
        Awaitility.await().atMost(LIMIT).until(leadership::mayBeJoined);
        release.countDown();
        Awaitility.await().atMost(LIMIT).until(() -> answered.get() == 2);
    }

    /** A thread that is replaced before it wakes as leader must not be lost: it could never end. */
    @RepeatedTest(20)
    void shouldLoseNoThreadThatIsReplacedBeforeItWakes() {
        assertThat(leadership.lead()).isTrue();
        threads.incrementAndGet();
        Thread woken = new Thread(this::serve, "woken");
        woken.setDaemon(true);
        woken.start();
        Awaitility.await().atMost(LIMIT).until(() -> woken.getState() == Thread.State.WAITING);

        leadership.handOver();
        leadership.handOver(woken);

        requests.add(() -> {});

        Awaitility.await().atMost(LIMIT).until(() -> answered.get() == 1);
    }

    @Test
    void shouldStayLeaderWhereNoThreadIsToBeHad() {
        AtomicInteger tries = new AtomicInteger();
        Leadership alone =
                new Leadership(
                        () -> {
                            if (tries.incrementAndGet() < 10) {
                                throw new IllegalStateException("no thread is to be had");
                            }
                        },
                        1);
        try {
            assertThat(alone.lead()).isTrue();

            alone.handOver();

            assertThat(alone.lead()).isTrue();
            Awaitility.await("tried again").atMost(LIMIT).until(() -> tries.get() >= 10);
        } finally {
            alone.close();
        }
    }

    @RepeatedTest(5)
    void shouldAnswerEveryRequestWhateverTheyDo() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        start();
        for (int i = 0; i < 2000; i++) {
            int kind = random.nextInt(10);
            requests.add(
                    () -> {
                        if (kind == 0) {
                            leadership.handOver();
                            LockSupport.parkNanos(100_000);
                        } else if (kind == 1) {
                            LockSupport.parkNanos(1_500_000);
                        }
                    });
        }

        Awaitility.await().atMost(LIMIT).until(() -> answered.get() == 2000);
    }
}
