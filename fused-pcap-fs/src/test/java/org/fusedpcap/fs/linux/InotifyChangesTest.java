package org.fusedpcap.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.fusedpcap.fs.series.ChangeSource;
import org.fusedpcap.fs.series.DirectoryListener;
import org.fusedpcap.fs.series.FileChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyChangesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path path;
    InotifyChanges changes;

    @BeforeEach
    void start() throws IOException {
        changes = new InotifyChanges();
    }

    @AfterEach
    void stop() {
        changes.close();
    }

    @Test
    void shouldTellWhatHappensInOrderBeforeSyncReturns() throws IOException {
        Recorder told = new Recorder();
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
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        ChangeSource.Watch one = changes.watch(path, first);
        ChangeSource.Watch other = changes.watch(path, second);

        Files.createFile(path.resolve("a"));
        other.sync();
        one.close();
        Files.createFile(path.resolve("b"));
        other.sync();

        assertThat(first.changes).contains("CREATED a").doesNotContain("CREATED b");
        assertThat(second.changes).contains("CREATED a", "CREATED b");
    }

    @Test
    void shouldGoOnTellingAListenerThatFailedWithAnError() throws IOException {
        Recorder told = new Recorder();
        Recorder other = new Recorder();
        ChangeSource.Watch watch = changes.watch(path, told);
        changes.watch(path, other);
        told.error = Optional.of(new OutOfMemoryError("as if"));

        Files.createFile(path.resolve("a"));
        watch.sync();
        assertThat(told.lost).as("what was not dealt with is told as lost").isTrue();
        Files.createFile(path.resolve("b"));
        watch.sync();

        assertThat(told.changes).contains("CREATED b");
        assertThat(other.changes).contains("CREATED a", "CREATED b");
    }

    @Test
    void shouldTellThatTheDirectoryIsGone() throws IOException {
        Recorder told = new Recorder();
        Path inner = Files.createDirectory(path.resolve("in"));
        told.watch = changes.watch(inner, told);

        Files.delete(inner);

        await().atMost(LIMIT).untilTrue(told.gone);
    }

    @Test
    void shouldTellThatChangesWereLostWhenTheKernelsQueueOverflows() throws Exception {
        int queue = longestQueue();
        Recorder told = new Recorder();
        told.hold = new CountDownLatch(1);
        ChangeSource.Watch watch = changes.watch(path, told);

        for (int i = 0; i < queue; i++) {
            Path file = path.resolve("f" + i % 2);
            Files.deleteIfExists(file);
            Files.createFile(file);
        }
        told.hold.countDown();

        await().atMost(LIMIT).untilTrue(told.lost);
        watch.close();
    }

    @Test
    void shouldRefuseWhatCannotBeWatched() {
        assertThatThrownBy(() -> changes.watch(path.resolve("absent"), new Recorder()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No such file");
    }

    @Test
    void shouldLeaveNoThreadAndNoDescriptorBehind() throws IOException {
        long before = descriptors();
        for (int i = 0; i < 50; i++) {
            try (InotifyChanges more = new InotifyChanges()) {
                more.watch(path, new Recorder()).sync();
            }
        }

        assertThat(descriptors()).isEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("series-inotify"))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void shouldSeeAllOnLocalFileSystemsOnly() {
        assertThat(changes.seesAll(Path.of("/proc"))).isTrue();
        assertThat(changes.seesAll(path.resolve("absent"))).isFalse();
        assertThat(FileSystemType.isShared(0x6969)).as("NFS").isTrue();
        assertThat(FileSystemType.isShared(0xff534d42)).as("CIFS").isTrue();
        assertThat(FileSystemType.isShared(0xef53)).as("ext4").isFalse();
    }

    private static int longestQueue() throws IOException {
        // The kernel gives such a number to a single read(2) only, which Files.readString is not.
        try (BufferedReader reader =
                Files.newBufferedReader(Path.of("/proc/sys/fs/inotify/max_queued_events"))) {
            return Integer.parseInt(reader.readLine());
        }
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

    /** Notes what it is told, and can make the thread that tells wait. */
    private static final class Recorder implements DirectoryListener {

        final Queue<String> changes = new ConcurrentLinkedQueue<>();
        final AtomicBoolean lost = new AtomicBoolean();
        final AtomicBoolean gone = new AtomicBoolean();
        volatile CountDownLatch hold = new CountDownLatch(0);
        volatile ChangeSource.Watch watch;
        volatile Optional<Error> error = Optional.empty();

        @Override
        public void changed(List<FileChange> batch) {
            if (error.isPresent()) {
                Error failure = error.get();
                error = Optional.empty();
                throw failure;
            }
            batch.forEach(change -> changes.add(change.kind() + " " + change.name()));
            try {
                hold.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void lost() {
            lost.set(true);
        }

        @Override
        public void gone() {
            gone.set(true);
            watch.close();
        }

        @Override
        public boolean isBehind() {
            return false;
        }

        @Override
        public boolean isUsed() {
            return false;
        }

        @Override
        public boolean hasLeftItsPath() {
            return false;
        }

        @Override
        public Collection<String> hotNames() {
            return List.of();
        }
    }
}
