package org.fusedpcap.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fusedpcap.fs.series.ChangeSource;
import org.fusedpcap.fs.series.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InotifyChangesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path path;
    InotifyChanges changes;
    private final List<CountDownLatch> held = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        changes = new InotifyChanges();
    }

    @AfterEach
    void stop() {
        held.forEach(CountDownLatch::countDown);
        changes.close();
    }

    /** Let go at the end, whatever comes of the test. */
    private CountDownLatch hold() {
        CountDownLatch hold = new CountDownLatch(1);
        held.add(hold);
        return hold;
    }

    @Test
    void shouldTellWhatHappensInOrderBeforeSyncReturns() throws IOException {
        RecordingListener told = new RecordingListener();
        ChangeSource.Watch watch = changes.watch(path, told);

        Files.writeString(path.resolve("a"), "text");
        Files.move(path.resolve("a"), path.resolve("b"));
        Files.createDirectory(path.resolve("d"));
        Files.delete(path.resolve("b"));
        watch.sync();

        assertThat(told.changes)
                .containsExactly(
                        "CREATED a",
                        "MODIFIED a",
                        "CLOSED a",
                        "REMOVED a",
                        "MOVED_IN b",
                        "REMOVED b");
    }

    @Test
    void shouldTellTwoListenersOfOneDirectoryUntilEachIsClosed() throws IOException {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        ChangeSource.Watch one = changes.watch(path, first);
        ChangeSource.Watch other = changes.watch(path, second);

        Files.createFile(path.resolve("a"));
        one.sync();
        other.sync();
        one.close();
        Files.createFile(path.resolve("b"));
        other.sync();

        assertThat(first.changes).contains("CREATED a").doesNotContain("CREATED b");
        assertThat(second.changes).contains("CREATED a", "CREATED b");
    }

    @Test
    void shouldGoOnTellingAListenerThatFailedWithAnError() throws IOException {
        RecordingListener told = new RecordingListener();
        RecordingListener other = new RecordingListener();
        ChangeSource.Watch watch = changes.watch(path, told);
        ChangeSource.Watch beside = changes.watch(path, other);
        told.error = Optional.of(new OutOfMemoryError("as if"));

        Files.createFile(path.resolve("a"));
        watch.sync();
        assertThat(told.lost).as("what was not dealt with is told as lost").isTrue();
        Files.createFile(path.resolve("b"));
        watch.sync();
        beside.sync();

        assertThat(told.changes).contains("CREATED b");
        assertThat(other.changes).contains("CREATED a", "CREATED b");
    }

    @Test
    void shouldTellThatTheDirectoryIsGone() throws IOException {
        RecordingListener told = new RecordingListener();
        Path inner = Files.createDirectory(path.resolve("in"));
        told.watch = Optional.of(changes.watch(inner, told));

        Files.delete(inner);

        await().atMost(LIMIT).untilTrue(told.gone);
    }

    @Test
    void shouldTellThatChangesWereLostWhenTooManyGather() throws IOException {
        RecordingListener told = new RecordingListener();
        told.hold = hold();
        ChangeSource.Watch watch = changes.watch(path, told);

        for (int i = 0; i < DirectoryNews.MOST; i++) {
            Path file = path.resolve("f" + i % 2);
            Files.deleteIfExists(file);
            Files.createFile(file);
        }
        told.hold.countDown();
        watch.sync();

        assertThat(told.lost).isTrue();
    }

    /** What makes a directory hang. */
    enum Hang {
        FILES {
            @Override
            void begin(RecordingListener listener, Path directory) throws IOException {
                listener.hold = new CountDownLatch(1);
                Files.createFile(directory.resolve("a"));
                await().atMost(LIMIT).until(() -> listener.changes.contains("CREATED a"));
            }
        },
        ITS_PATH {
            @Override
            void begin(RecordingListener listener, Path directory) throws IOException {
                listener.holdAsked = new CountDownLatch(1);
                listener.used = true;
                // Makes the thread look whom it is to ask, twice a second.
                Files.createFile(directory.resolve("a"));
                await().atMost(LIMIT).untilTrue(listener.asked);
            }
        };

        abstract void begin(RecordingListener listener, Path directory) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellOfOneDirectoryWhileAnotherOneHangs(Hang hang) throws IOException {
        RecordingListener hanging = new RecordingListener();
        Path directory = Files.createDirectory(path.resolve("hanging"));
        changes.watch(directory, hanging);
        try {
            hang.begin(hanging, directory);
            RecordingListener told = new RecordingListener();
            Path other = Files.createDirectory(path.resolve("in"));
            ChangeSource.Watch watch = changes.watch(other, told);
            Files.createFile(other.resolve("b"));
            await().atMost(LIMIT).until(() -> told.changes.contains("CREATED b"));

            assertThat(watch.sync()).isTrue();
        } finally {
            hanging.hold.countDown();
            hanging.holdAsked.countDown();
        }
    }

    @Test
    void shouldTellWhatCameMeanwhileInOrderAndOnce() throws IOException {
        RecordingListener told = new RecordingListener();
        told.hold = hold();
        ChangeSource.Watch watch = changes.watch(path, told);

        Files.createFile(path.resolve("a"));
        await().atMost(LIMIT).until(() -> told.changes.contains("CREATED a"));
        for (int i = 0; i < 100; i++) {
            Files.writeString(path.resolve("b"), "text");
            Files.delete(path.resolve("b"));
        }
        told.hold.countDown();
        assertThat(watch.sync()).isTrue();

        assertThat(told.changes.stream().filter(one -> one.endsWith(" b")))
                .hasSize(400)
                .startsWith("CREATED b", "MODIFIED b", "CLOSED b", "REMOVED b", "CREATED b");
        assertThat(told.lost).isFalse();
    }

    @Test
    void shouldNotWaitForOneWhoHangsWhenItEnds() throws Exception {
        RecordingListener hanging = new RecordingListener();
        hanging.hold = hold();
        ChangeSource.Watch watch = changes.watch(path, hanging);
        Files.createFile(path.resolve("a"));
        await().atMost(LIMIT).until(() -> hanging.changes.contains("CREATED a"));

        CompletableFuture.runAsync(changes::close).get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(watch.sync()).isFalse();
    }

    @Test
    void shouldRefuseWhatCannotBeWatched() {
        assertThatThrownBy(() -> changes.watch(path.resolve("absent"), new RecordingListener()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No such file");
    }

    @Test
    void shouldLeaveNoThreadAndNoDescriptorBehind() throws IOException {
        long before = descriptors();
        for (int i = 0; i < 50; i++) {
            try (InotifyChanges more = new InotifyChanges()) {
                more.watch(path, new RecordingListener()).sync();
            }
        }

        assertThat(descriptors()).isEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("series-inotify"))
                .hasSizeLessThanOrEqualTo(1);
        await().atMost(LIMIT)
                .until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .noneMatch(
                                                thread -> thread.getName().equals("series-news")));
    }

    @Test
    void shouldSeeAllOnLocalFileSystemsOnly() {
        assertThat(changes.seesAll(Path.of("/proc"))).isTrue();
        assertThat(changes.seesAll(path.resolve("absent"))).isFalse();
        assertThat(FileSystemType.isShared(0x6969)).as("NFS").isTrue();
        assertThat(FileSystemType.isShared(0xff534d42)).as("CIFS").isTrue();
        assertThat(FileSystemType.isShared(0xef53)).as("ext4").isFalse();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(InotifyChangesTest::isOurs).count();
        }
    }

    private static boolean isOurs(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().matches(".*(inotify|eventfd).*");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
