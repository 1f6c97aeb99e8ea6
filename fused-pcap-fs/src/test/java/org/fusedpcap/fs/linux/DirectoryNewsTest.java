package org.fusedpcap.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fusedpcap.fs.series.FileChange;
import org.fusedpcap.fs.series.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectoryNewsTest {

    private static final int THREADS = 4;
    private static final int EACH = 5_000;
    private static final long LIMIT_SECONDS = 60;
    private static final Duration LIMIT = Duration.ofSeconds(LIMIT_SECONDS);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final RecordingListener told = new RecordingListener();

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldTellEverythingOnceAndInOrderWhateverThreadsPutItIn() throws Exception {
        DirectoryNews news = new DirectoryNews(told, threads);
        List<Future<?>> putters = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            putters.add(threads.submit(() -> putAll(news, number)));
        }
        for (Future<?> putter : putters) {
            putter.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }

        assertThat(told.mostAtOnce).as("tellers at one time").hasValue(1);
        assertThat(told.changes).hasSize(THREADS * EACH);
        for (int i = 0; i < THREADS; i++) {
            String mine = "CREATED " + i + "-";
            assertThat(told.changes.stream().filter(one -> one.startsWith(mine)))
                    .isSortedAccordingTo((a, b) -> Integer.compare(index(a), index(b)))
                    .hasSize(EACH);
        }
    }

    /** Whatever this thread has put in is told when a latch that it puts behind is opened. */
    private Void putAll(DirectoryNews news, int number) throws InterruptedException {
        for (int i = 0; i < EACH; i++) {
            String name = number + "-" + i;
            news.changed(List.of(new FileChange(name, FileChange.Kind.CREATED)));
            if (i % 500 == 499) {
                CountDownLatch latch = new CountDownLatch(1);
                news.open(latch);
                assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(told.changes).contains("CREATED " + name);
            }
        }
        return null;
    }

    private static int index(String change) {
        return Integer.parseInt(change.substring(change.indexOf('-') + 1));
    }

    @Test
    void shouldTellTheNextTimeWhatNoThreadWasThereFor() {
        AtomicInteger tries = new AtomicInteger();
        DirectoryNews news =
                new DirectoryNews(
                        told,
                        task -> {
                            if (tries.incrementAndGet() == 1) {
                                throw new RejectedExecutionException("as if");
                            }
                            task.run();
                        });

        news.changed(List.of(new FileChange("a", FileChange.Kind.CREATED)));
        assertThat(told.changes).isEmpty();
        news.look();

        assertThat(told.changes).containsExactly("CREATED a");
    }

    /** The listener is held up in the first change, and more is put in meanwhile. */
    private DirectoryNews heldUp() {
        told.hold = new CountDownLatch(1);
        DirectoryNews news = new DirectoryNews(told, threads);
        news.changed(List.of(new FileChange("a", FileChange.Kind.CREATED)));
        await().atMost(LIMIT).until(() -> told.changes.contains("CREATED a"));
        return news;
    }

    @Test
    void shouldLetThoseGoWhoWaitWhenItEnds() throws InterruptedException {
        DirectoryNews news = heldUp();
        try {
            CountDownLatch latch = new CountDownLatch(1);
            news.open(latch);

            news.end();
            CountDownLatch late = new CountDownLatch(1);
            news.open(late);

            assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(late.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            told.hold.countDown();
        }
    }

    /** A listing says what the lost ones were; what came later must not come before them. */
    @Test
    void shouldTellOfALossBeforeWhatCameBehindIt() {
        DirectoryNews news = heldUp();
        news.changed(List.of(new FileChange("before", FileChange.Kind.MODIFIED)));
        news.lost();
        news.changed(List.of(new FileChange("behind", FileChange.Kind.MODIFIED)));
        told.hold.countDown();

        await().atMost(LIMIT)
                .untilAsserted(
                        () ->
                                assertThat(told.changes)
                                        .containsExactly(
                                                "CREATED a",
                                                "MODIFIED before",
                                                "lost",
                                                "MODIFIED behind"));
    }

    @Test
    void shouldTellOfALossInPlaceOfMoreChangesThanItKeeps() {
        DirectoryNews news = heldUp();
        for (int i = 0; i <= DirectoryNews.MOST; i++) {
            news.changed(List.of(new FileChange("f" + i, FileChange.Kind.CREATED)));
        }
        news.changed(List.of(new FileChange("behind", FileChange.Kind.CREATED)));
        told.hold.countDown();

        await().atMost(LIMIT).until(() -> told.changes.contains("CREATED behind"));
        assertThat(told.changes).containsExactly("CREATED a", "lost", "CREATED behind");
    }

    /** Another watch may have listed the directory while these were on their way. */
    @Test
    void shouldAskForAListingBehindWhatIsToldAfterItsEnd() {
        DirectoryNews news = heldUp();
        news.end();
        told.hold.countDown();

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(told.changes).containsExactly("CREATED a", "lost"));
    }

    @Test
    void shouldTellOnTheCallersThreadWhereThereIsNoOther() {
        DirectoryNews news =
                new DirectoryNews(
                        told,
                        task -> {
                            throw new RejectedExecutionException("as if");
                        });

        news.gone();
        assertThat(told.gone).isFalse();
        news.tellIfNobodyDoes();

        assertThat(told.gone).isTrue();
    }
}
