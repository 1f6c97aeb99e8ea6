package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.series.SourceDirectoryFixture.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader sees where the kernel tells nothing. */
class PollingTest {

    @TempDir Path path;
    SourceDirectoryFixture source;

    @BeforeEach
    void watch() throws IOException {
        source = SourceDirectoryFixture.lookedAt(path);
    }

    @AfterEach
    void unwatch() {
        source.close();
    }

    @Test
    void shouldTellWhatAppearsGrowsAndGoes() throws IOException {
        source.create("f1");
        StartedSeries started = source.follow("f1");

        source.create("f2");
        source.awaitTold("APPEARED f2");
        source.append("f2", "more");
        source.awaitTold("GREW f2");
        Files.delete(path.resolve("f1"));
        source.awaitTold("REMOVED f1");

        assertThat(walk(started)).containsExactly("f1", "f2");
    }

    @Test
    void shouldGoRoundARingThatIsWrittenAnewInPlace() throws IOException {
        source.create("f00", "f01", "f02", "f03", "f04");
        StartedSeries started = source.follow("f00");

        for (String name : new String[] {"f00", "f01", "f02"}) {
            source.write(name, "x");
            source.awaitTold("RESTARTED " + name);
        }

        assertThat(walk(started))
                .containsExactly("f00", "f03", "f04", "f00", "f01", "f02")
                .as("what is left of the lap before, then the new one");
    }

    @Test
    void shouldSeeWhatWasDoneBeforeTheOpen() throws IOException {
        source.create("f1");
        StartedSeries held = source.open("f1");
        source.create("f2");

        assertThat(source.open("f2").series()).isSameAs(held.series());
        assertThat(walk(held)).containsExactly("f1", "f2");
    }

    @Test
    void shouldReadOnWhenTheDirectoryIsMadeAgain() throws IOException {
        Path inner = Files.createDirectory(path.resolve("in"));
        try (SourceDirectoryFixture lost = SourceDirectoryFixture.lookedAt(inner)) {
            lost.create("f1");
            lost.follow("f1");
            Files.delete(inner.resolve("f1"));
            Files.delete(inner);
            lost.awaitTold("REMOVED f1");

            Files.createDirectory(inner);
            lost.create("f2");

            lost.awaitTold("APPEARED f2");
        }
    }

    @Test
    void shouldKeepTheSegmentsOfADirectoryThatCannotBeReachedForAMoment() throws IOException {
        Path way = Files.createDirectory(path.resolve("way"));
        LostWay lost = new LostWay(way);
        Path inner = Files.createDirectory(way.resolve("in"));
        try (SourceDirectoryFixture far = SourceDirectoryFixture.lookedAt(inner)) {
            far.create("f1", "f2");
            StartedSeries started = far.follow("f1");

            lost.swap();
            long before = far.directory.scans();
            await().until(() -> far.directory.scans() > before);
            lost.swap();
            far.create("f3");
            far.awaitTold("APPEARED f3");

            assertThat(far.told).noneMatch(told -> told.matches("(REMOVED|RESTARTED).*"));
            assertThat(walk(started)).containsExactly("f1", "f2", "f3");
        }
    }

    @Test
    void shouldRemoveTheSegmentsOfADirectoryThatHasBecomeAFile() throws IOException {
        Path inner = Files.createDirectory(path.resolve("in"));
        try (SourceDirectoryFixture lost = SourceDirectoryFixture.lookedAt(inner)) {
            lost.create("f1");
            lost.follow("f1");

            Files.move(inner, path.resolve("elsewhere"));
            Files.createFile(inner);

            lost.awaitTold("REMOVED f1");
        }
    }

    @Test
    void shouldTellOnceMoreWhatAListenerFailedOnWithAnError() throws IOException {
        Failing told = new Failing();
        try (PollingChanges looking = new PollingChanges(Duration.ofMillis(20))) {
            looking.watch(path, told);

            source.create("f1");
            await().until(() -> told.lost.get() > 1);
            source.create("f2");

            await().until(() -> told.seen.contains("f2"));
        }
    }

    /** Fails on the first news, and lists the directory on all others. */
    private final class Failing implements DirectoryListener {

        final AtomicInteger lost = new AtomicInteger();
        final Set<String> seen = ConcurrentHashMap.newKeySet();

        @Override
        public void lost() {
            if (lost.incrementAndGet() == 1) {
                throw new OutOfMemoryError("as if");
            }
            seen.addAll(List.of(path.toFile().list()));
        }

        @Override
        public void changed(List<FileChange> batch) {}

        @Override
        public void gone() {}

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

    private static ConditionFactory await() {
        return Awaitility.await().atMost(SourceDirectoryFixture.LIMIT);
    }

    @Test
    void shouldNotListTheDirectoryWhileFilesOnlyGrow() throws IOException {
        source.create("f1", "f2");
        source.follow("f1");
        source.append("f2", "a");
        source.awaitTold("GREW f2");
        long before = source.directory.scans();

        for (int i = 0; i < 10; i++) {
            source.told.clear();
            source.append("f2", "b");
            source.awaitTold("GREW f2");
        }

        assertThat(source.directory.scans() - before).isLessThanOrEqualTo(1);
    }
}
