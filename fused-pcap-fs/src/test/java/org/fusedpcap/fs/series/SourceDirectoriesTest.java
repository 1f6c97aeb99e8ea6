package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.fusedpcap.fs.linux.InotifyChanges;
import org.fusedpcap.fs.options.SegmentOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceDirectoriesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path path;
    InotifyChanges notifying;
    SourceDirectories directories;

    @BeforeEach
    void open() throws IOException {
        notifying = new InotifyChanges();
        directories =
                new SourceDirectories(
                        notifying,
                        new PollingChanges(Duration.ofMillis(20)),
                        new CapturePacketTimes());
    }

    @AfterEach
    void close() {
        directories.close();
    }

    @Test
    void shouldBeginNoWatchOnceAllHaveEnded() {
        directories.close();

        assertThatThrownBy(() -> directories.acquire(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not watched any more");
        assertThat(directories.watched()).isEqualTo(new WatchCounts(0, 0));
    }

    @Test
    void shouldShareADirectoryThatIsReachedByTwoPaths() throws IOException {
        Path real = Files.createDirectory(path.resolve("real"));
        Path link = Files.createSymbolicLink(path.resolve("link"), real);

        try (SourceDirectory one = directories.acquire(real);
                SourceDirectory other = directories.acquire(link)) {
            assertThat(one).isSameAs(other);
        }
    }

    @Test
    void shouldListADirectoryOnceWhenItIsOpenedAgainAndAgain() throws IOException {
        Files.createFile(path.resolve("f1"));
        for (int i = 0; i < 100; i++) {
            try (SourceDirectory directory = directories.acquire(path)) {
                directory.open("f1", SeriesSpec.DEFAULT);
                assertThat(directory.scans()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldForgetDirectoriesThatWereNotUsedForLong() throws IOException {
        Files.createFile(path.resolve("f1"));
        SourceDirectory first = directories.acquire(path);
        first.close();
        for (int i = 0; i < 10; i++) {
            directories.acquire(Files.createDirectory(path.resolve("d" + i))).close();
        }

        try (SourceDirectory again = directories.acquire(path)) {
            assertThat(again).isNotSameAs(first);
        }
    }

    @Test
    void shouldRefuseWhatIsNoDirectory() throws IOException {
        Files.createFile(path.resolve("f1"));

        assertThatThrownBy(() -> directories.acquire(path.resolve("f1")))
                .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> directories.acquire(path.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldRefuseWhatCannotBeASegment() throws IOException {
        Files.createFile(path.resolve(".f1"));
        Files.createDirectory(path.resolve("f2"));
        try (SourceDirectory directory = directories.acquire(path)) {
            assertThatThrownBy(() -> directory.open(".f1", SeriesSpec.DEFAULT))
                    .isInstanceOf(NotInSeriesException.class);
            assertThatThrownBy(() -> directory.open("f2", SeriesSpec.DEFAULT))
                    .isInstanceOf(NotInSeriesException.class);
        }
    }

    @Test
    void shouldPassOverADirectoryThatIsNamedLikeASegment() throws IOException {
        Files.createFile(path.resolve("f1"));
        Files.createDirectory(path.resolve("f2"));
        Files.createFile(path.resolve("f3"));
        try (SourceDirectory directory = directories.acquire(path)) {
            StartedSeries started = directory.open("f1", SeriesSpec.DEFAULT);

            assertThat(SourceDirectoryFixture.walk(started)).containsExactly("f1", "f3");
        }
    }

    @ParameterizedTest
    @EnumSource(SegmentOrder.class)
    void shouldPassOverAFifoThatIsNamedLikeASegment(SegmentOrder order) throws Exception {
        for (String name : new String[] {"f0", "f1", "f2"}) {
            Files.createFile(path.resolve(name));
        }
        String fifo = path.resolve("f3").toString();
        assertThat(new ProcessBuilder("mkfifo", fifo).start().waitFor()).isZero();
        SeriesSpec spec = new SeriesSpec(Optional.empty(), order);
        try (SourceDirectory directory = directories.acquire(path)) {
            // A thread that opens a fifo cannot be interrupted.
            CompletableFuture<StartedSeries> opened =
                    CompletableFuture.supplyAsync(() -> open(directory, "f0", spec));

            assertThat(opened).succeedsWithin(SourceDirectoryFixture.LIMIT);
            assertThat(SourceDirectoryFixture.walk(opened.join())).doesNotContain("f3");
        }
    }

    private static StartedSeries open(SourceDirectory directory, String start, SeriesSpec spec) {
        try {
            return directory.open(start, spec);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldLookForItselfWhenTheKernelDoesNotTell() throws IOException {
        notifying.close();
        Files.createFile(path.resolve("f1"));
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (SourceDirectory directory = directories.acquire(path)) {
            StartedSeries started = directory.open("f1", SeriesSpec.DEFAULT);
            started.series().subscribe((segment, change) -> told.add(change + " " + segment));

            Files.createFile(path.resolve("f2"));

            Awaitility.await()
                    .atMost(SourceDirectoryFixture.LIMIT)
                    .until(() -> told.contains("APPEARED f2"));
        }
    }

    /** Of a server that is gone, as far as one directory goes. */
    @Test
    void shouldOpenAndCloseOtherDirectoriesWhileOneCannotBeWatched() throws Exception {
        Path hanging = Files.createDirectory(path.resolve("hanging"));
        Path other = Files.createDirectory(path.resolve("other"));
        CountDownLatch hold = new CountDownLatch(1);
        AtomicBoolean isHeld = new AtomicBoolean();
        ChangeSource slow = new HangingWatch(notifying, hanging, isHeld, hold);
        SourceDirectories more =
                new SourceDirectories(
                        slow, new PollingChanges(Duration.ofMillis(20)), new CapturePacketTimes());
        CompletableFuture<Void> opened =
                CompletableFuture.runAsync(() -> openAndClose(more, hanging));
        try {
            Awaitility.await().atMost(LIMIT).untilTrue(isHeld);

            CompletableFuture.runAsync(() -> openAndClose(more, other))
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);

            assertThat(opened).isNotDone();
        } finally {
            hold.countDown();
        }
        opened.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        more.close();
    }

    private static void openAndClose(SourceDirectories directories, Path path) {
        try (SourceDirectory directory = directories.acquire(path)) {
            assertThat(directory.path()).isEqualTo(path.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record HangingWatch(
            ChangeSource source, Path hanging, AtomicBoolean isHeld, CountDownLatch hold)
            implements ChangeSource {

        @Override
        public Watch watch(Path directory, DirectoryListener listener) throws IOException {
            if (directory.endsWith(hanging.getFileName())) {
                isHeld.set(true);
                try {
                    hold.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }
            return source.watch(directory, listener);
        }

        @Override
        public boolean seesAll(Path directory) {
            return source.seesAll(directory);
        }

        @Override
        public void close() {
            // The test closes it.
        }
    }
}
