package org.fusedpcap.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void shouldLetThoseGoWhoWaitWhenItEnds() throws InterruptedException {
        told.hold = new CountDownLatch(1);
        DirectoryNews news = new DirectoryNews(told, threads);
        news.changed(List.of(new FileChange("a", FileChange.Kind.CREATED)));
        CountDownLatch latch = new CountDownLatch(1);
        news.open(latch);

        news.end();
        CountDownLatch late = new CountDownLatch(1);
        news.open(late);

        assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(late.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        told.hold.countDown();
    }
}
