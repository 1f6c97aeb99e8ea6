package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another directory takes the place of one, and it takes long to tell that. */
class ReplacedDirectoryTest {

    @TempDir Path path;
    private Path live;
    private SourceDirectoryFixture source;
    private final CountDownLatch hold = new CountDownLatch(1);
    private final AtomicBoolean isHeld = new AtomicBoolean();
    private final AtomicBoolean isLetGo = new AtomicBoolean();

    @BeforeEach
    void watch() throws IOException {
        live = Files.createDirectory(path.resolve("live"));
        source = SourceDirectoryFixture.watched(live);
    }

    @AfterEach
    void unwatch() {
        letGo();
        source.close();
    }

    private void letGo() {
        isLetGo.set(true);
        hold.countDown();
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2));
    }

    /** It is held up as soon as it is told that the first file is gone. */
    private Series heldUpBy(Change change) throws IOException {
        source.create("f1", "f2");
        Series series = source.open("f1").series();
        series.subscribe(
                (segment, told) -> {
                    if (told == change) {
                        isHeld.set(true);
                        awaitLatch();
                    }
                });
        return series;
    }

    private void awaitLatch() {
        try {
            hold.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void replace() throws IOException {
        Path other = Files.createDirectory(path.resolve("other"));
        Files.writeString(other.resolve("f1"), "another");
        Files.move(live, path.resolve("old"));
        Files.move(other, live);
    }

    @ParameterizedTest(name = "it is being told already: {0}")
    @ValueSource(booleans = {true, false})
    void shouldNotTakeAReplacementForToldBeforeItIs(boolean already) throws Exception {
        Series series = heldUpBy(Change.REMOVED);
        replace();
        if (already) {
            await().untilTrue(isHeld);
        }
        FutureTask<Boolean> catchingUp =
                new FutureTask<>(
                        () -> {
                            series.catchUp();
                            return isLetGo.get();
                        });
        Thread reader = new Thread(catchingUp, "reader");
        reader.start();

        await().until(() -> catchingUp.isDone() || isHeld.get() && isHeldUp(reader));
        letGo();

        assertThat(catchingUp.get(60, TimeUnit.SECONDS)).as("let go before it was told").isTrue();
        assertThat(series.size()).isEqualTo(1);
        reader.join();
    }

    /**
     * By whoever tells of the replacement; or, if the directory was seen missing in between, by the
     * series, which it is listed for then.
     */
    private static boolean isHeldUp(Thread thread) {
        if (thread.getState() == Thread.State.BLOCKED) {
            return true;
        }
        Object blocker = LockSupport.getBlocker(thread);
        return blocker != null
                && blocker.getClass().getName().startsWith(ReentrantLock.class.getName());
    }

    @Test
    void shouldLetAListenerGoWhileAnotherOneIsHeldUp() throws Exception {
        Series series = heldUpBy(Change.REMOVED);
        SeriesListener leaving = (segment, told) -> {};
        series.subscribe(leaving);
        Files.delete(live.resolve("f1"));
        await().untilTrue(isHeld);

        FutureTask<Void> left = new FutureTask<>(() -> series.unsubscribe(leaving), null);
        Thread thread = new Thread(left, "leaving");
        thread.start();
        left.get(60, TimeUnit.SECONDS);

        assertThat(isLetGo).isFalse();
        thread.join();
    }
}
