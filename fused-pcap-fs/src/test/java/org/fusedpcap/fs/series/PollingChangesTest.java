package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PollingChangesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path path;

    private final RecordingListener hanging = new RecordingListener();

    /** A directory whose files do not answer, and which is being looked at. */
    private ChangeSource.Watch hang(PollingChanges changes) throws IOException {
        hanging.holdAsked = new CountDownLatch(1);
        ChangeSource.Watch watch =
                changes.watch(Files.createDirectory(path.resolve("hanging")), hanging);
        await().atMost(LIMIT).untilTrue(hanging.asked);
        return watch;
    }

    @AfterEach
    void answer() {
        hanging.holdAsked.countDown();
    }

    @Test
    void shouldLookAtOneDirectoryWhileAnotherOneHangs() throws IOException {
        try (PollingChanges changes = new PollingChanges(Duration.ofMillis(20))) {
            hang(changes);

            RecordingListener told = new RecordingListener();
            Path other = Files.createDirectory(path.resolve("in"));
            ChangeSource.Watch watch = changes.watch(other, told);
            Files.createFile(other.resolve("b"));
            await().atMost(LIMIT).untilTrue(told.lost);

            assertThat(watch.sync()).isTrue();
        }
    }

    @Test
    void shouldEndTheWatchOfADirectoryThatHangs() throws Exception {
        try (PollingChanges changes = new PollingChanges(Duration.ofMillis(20))) {
            ChangeSource.Watch watch = hang(changes);

            CompletableFuture.runAsync(watch::close).get(LIMIT.toSeconds(), TimeUnit.SECONDS);

            hanging.holdAsked.countDown();
            assertThat(watch.sync()).isFalse();
        }
    }

    @Test
    void shouldLeaveNoThreadBehind() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (PollingChanges changes = new PollingChanges(Duration.ofMillis(1))) {
                RecordingListener told = new RecordingListener();
                changes.watch(path, told);
                await().atMost(LIMIT).untilTrue(told.asked);
            }
        }

        await().atMost(LIMIT)
                .until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .noneMatch(
                                                thread ->
                                                        thread.getName()
                                                                .startsWith("series-poll")));
    }
}
