package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.FollowFixture.await;
import static org.fusedpcap.fs.stream.TestCapture.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.StartedSeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitedPermissionTest {

    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    @TempDir Path path;
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
    private FollowFixture source;
    private StartedSeries started;
    private Segment first;
    private AwaitedPermission permission;

    @BeforeEach
    void begin() throws IOException {
        source = new FollowFixture(path);
        source.write("f1", capture(0, 10));
        started = source.series("f1");
        first = started.first();
        permission = permission();
    }

    @AfterEach
    void end() {
        source.close();
    }

    private AwaitedPermission permission() {
        return new AwaitedPermission(started.series().bookmark(first), source.ends, clock::get);
    }

    private Segment appear(String name) throws IOException {
        source.write(name, capture(10, 10));
        return source.series(name).first();
    }

    private void awaitOld(Segment segment) {
        // Of a file that was changed just now a stranger would be waited for.
        source.ends.set(name -> false);
        await().until(() -> !permission().isAwaited(segment));
    }

    @Test
    void shouldWaitForTheNewestForAsLongAsItTakes() {
        for (int day = 0; day < 10; day++) {
            assertThat(permission.isAwaited(first)).isTrue();
            clock.addAndGet(DAY_NS);
        }
    }

    @Test
    void shouldWaitForAMomentOnceAnotherOneIsBehind() throws IOException {
        assertThat(permission.isAwaited(first)).isTrue();
        clock.addAndGet(DAY_NS);
        appear("f2");

        assertThat(permission.isAwaited(first)).isTrue();
        clock.addAndGet(MOMENT_NS - 1);
        assertThat(permission.isAwaited(first)).isTrue();
        clock.addAndGet(1);
        assertThat(permission.isAwaited(first)).isFalse();
    }

    @Test
    void shouldWaitForAMomentHoweverOldTheFileIsThatWasTheNewest() throws IOException {
        assertThat(permission.isAwaited(first)).isTrue();
        appear("f2");
        awaitOld(first);

        assertThat(permission.isAwaited(first)).isTrue();
    }

    @Test
    void shouldWaitForAMomentForOneThatWasChangedJustNow() throws IOException {
        appear("f2");
        await().until(
                        () -> {
                            Files.setLastModifiedTime(
                                    source.file("f1"),
                                    Files.getLastModifiedTime(source.file("f2")));
                            return permission.isAwaited(first);
                        });

        clock.addAndGet(MOMENT_NS);
        assertThat(permission.isAwaited(first)).isFalse();
    }

    @Test
    void shouldNotWaitForAnOldOneThatWasNeverTheNewest() throws IOException {
        appear("f2");
        awaitOld(first);

        assertThat(permission.isAwaited(first)).isFalse();
    }

    @Test
    void shouldNotWaitForOneThatIsGone() throws IOException {
        appear("f2");
        Files.delete(source.file("f1"));

        assertThat(permission.isAwaited(first)).isFalse();
    }

    @Test
    void shouldGiveEachItsOwnMoment() throws IOException {
        assertThat(permission.isAwaited(first)).isTrue();
        Segment second = appear("f2");
        assertThat(permission.isAwaited(first)).isTrue();
        clock.addAndGet(MOMENT_NS);
        assertThat(permission.isAwaited(first)).isFalse();

        assertThat(permission.isAwaited(second)).isTrue();
        appear("f3");
        assertThat(permission.isAwaited(second)).isTrue();
        clock.addAndGet(MOMENT_NS - 1);
        assertThat(permission.isAwaited(second)).isTrue();
    }

    @Test
    void shouldEndBehindTheNewestOnceThatIsQuiet() throws IOException {
        assertThat(permission.isAwaited(first)).isTrue();
        source.ends.set("f1"::equals);
        clock.addAndGet(DAY_NS);

        assertThat(permission.isAwaited(first)).isTrue();
        clock.addAndGet(QuietTime.LIMIT_NS - 1);
        assertThat(permission.isAwaited(first)).isTrue();
        source.append("f1", new byte[1]);
        clock.addAndGet(1);
        assertThat(permission.isAwaited(first)).isTrue();
        clock.addAndGet(QuietTime.LIMIT_NS);
        assertThat(permission.isAwaited(first)).isFalse();
    }

    @Test
    void shouldGoOnWaitingIfTheEndIsTakenBack() {
        source.ends.set("f1"::equals);
        assertThat(permission.isAwaited(first)).isTrue();
        source.ends.set(name -> false);
        clock.addAndGet(DAY_NS);

        assertThat(permission.isAwaited(first)).isTrue();
    }

    @Test
    void shouldEndBehindTheNewestAtOnceIfItIsGone() throws IOException {
        assertThat(permission.isAwaited(first)).isTrue();
        source.ends.set("f1"::equals);
        Files.delete(source.file("f1"));

        assertThat(permission.isAwaited(first)).isFalse();
    }
}
