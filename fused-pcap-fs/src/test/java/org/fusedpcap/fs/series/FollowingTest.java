package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.series.SourceDirectoryFixture.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of a watched directory sees and is told. */
class FollowingTest {

    @TempDir Path path;
    SourceDirectoryFixture source;

    @BeforeEach
    void watch() throws IOException {
        source = SourceDirectoryFixture.watched(path);
    }

    @AfterEach
    void unwatch() {
        source.close();
    }

    @Test
    void shouldWalkFromTheStartToTheNewest() throws IOException {
        source.create("f", "f1", "f2", "f10", "g1", "f.pid");

        assertThat(walk(source.open("f1"))).containsExactly("f1", "f2", "f10");
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

        assertThat(started.series().hasAfter(started.first())).isTrue();
        assertThat(walk(started)).containsExactly("f1", "f2");
        assertThat(started.series().isCurrent(started.first())).isFalse();
    }

    @Test
    void shouldTellWhenAnotherProcessHasClosedItsFile() throws Exception {
        source.create("f1");
        source.follow("f1");
        Process writer =
                new ProcessBuilder(
                                "sh", "-c", "exec 3>" + path.resolve("f2") + "; echo x >&3; read y")
                        .start();
        source.awaitTold("GREW f2");
        assertThat(source.told).doesNotContain("CLOSED f2");

        writer.getOutputStream().close();

        source.awaitTold("CLOSED f2");
        writer.waitFor();
    }

    @Test
    void shouldSeeWhatWasDoneRightBeforeTheOpen() throws IOException {
        source.create("f1");
        StartedSeries held = source.open("f1");
        for (int i = 2; i < 200; i++) {
            source.create("f" + i);
            assertThat(source.open("f1").series().newest().map(Segment::name)).contains("f" + i);
            assertThat(held.series().require("f" + i).name()).isEqualTo("f" + i);
        }
        assertThat(source.directory.scans()).isEqualTo(1);
    }

    @Test
    void shouldGiveClosedRanges() throws IOException {
        source.create("f1", "f2", "f3", "f10", "g1");
        StartedSeries started = source.open("f2");
        Series series = started.series();

        assertThat(series.between(started.first(), series.require("f10")))
                .extracting(Segment::name)
                .containsExactly("f2", "f3", "f10");
        assertThatThrownBy(() -> series.between(series.require("f3"), series.require("f2")))
                .isInstanceOf(NotInSeriesException.class);
        assertThatThrownBy(() -> series.require("g1")).isInstanceOf(NotInSeriesException.class);
        assertThatThrownBy(() -> series.require("f4")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> source.open("f4")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldTakeARenamedDotFileWhenItIsComplete() throws IOException {
        source.create("1700000000000000");
        StartedSeries started = source.follow("1700000000000000");
        source.create(".1700000060000000");
        Files.move(path.resolve(".1700000060000000"), path.resolve("1700000060000000"));

        source.awaitTold("APPEARED 1700000060000000");
        assertThat(walk(started)).containsExactly("1700000000000000", "1700000060000000");
    }

    @Test
    void shouldStayWithTheSegmentWhenItIsCompressed() throws IOException {
        source.create("f1", "f2", "f3");
        StartedSeries started = source.follow("f1");
        Segment second = started.series().require("f2");

        source.create("f2.gz");
        assertThat(started.series().require("f2").name()).isEqualTo("f2");
        Files.delete(path.resolve("f2"));
        Awaitility.await()
                .atMost(SourceDirectoryFixture.LIMIT)
                .until(() -> started.series().require("f2.gz").name().equals("f2.gz"));

        assertThat(walk(started)).containsExactly("f1", "f2.gz", "f3");
        assertThat(started.series().isCurrent(second)).isTrue();
        assertThat(started.series().current(second).map(Segment::name)).contains("f2.gz");
        assertThat(source.told).doesNotContain("REMOVED f2", "APPEARED f2.gz", "RESTARTED f2");
    }

    @Test
    void shouldGoRoundARingThatIsWrittenAnewInPlace() throws IOException {
        source.create("f00", "f01", "f02");
        StartedSeries started = source.follow("f00");
        source.write("f00", "x");
        source.awaitTold("RESTARTED f00");
        assertThat(walk(started)).containsExactly("f00", "f01", "f02", "f00");
        assertThat(started.series().isCurrent(started.first())).isFalse();

        source.write("f01", "x");
        source.awaitTold("RESTARTED f01");
        source.write("f02", "x");
        source.awaitTold("RESTARTED f02");
        source.write("f00", "");
        source.awaitTold("RESTARTED f00");

        Awaitility.await()
                .atMost(SourceDirectoryFixture.LIMIT)
                .until(() -> walk(started).equals(java.util.List.of("f00", "f01", "f02", "f00")));
    }

    @Test
    void shouldNoticeARingWhoseSegmentsAllHaveTheSameSize() throws IOException {
        int written = 0;
        for (String name : new String[] {"f0", "f1", "f2"}) {
            source.write(name, written++ + "x".repeat(5000));
        }
        StartedSeries started = source.follow("f0");
        for (String name : new String[] {"f0", "f1", "f2", "f0", "f1"}) {
            source.told.clear();
            source.write(name, written++ % 10 + "x".repeat(5000));
            source.awaitTold("RESTARTED " + name);
        }

        assertThat(walk(started)).containsExactly("f0", "f2", "f0", "f1");
    }

    @Test
    void shouldNotTakeATouchedFileForARestart() throws IOException {
        source.write("f0", "a".repeat(100));
        source.write("f1", "b".repeat(100));
        StartedSeries started = source.follow("f0");

        source.touch("f0");

        source.awaitTold("CLOSED f0");
        assertThat(source.told).doesNotContain("RESTARTED f0");
        assertThat(walk(started)).containsExactly("f0", "f1");
    }

    @Test
    void shouldNoticeALongerFileWrittenOverASettledOne() throws IOException {
        source.write("f0", "a".repeat(100));
        source.write("f1", "b".repeat(100));
        source.follow("f0");

        source.write("f0", "c".repeat(200));

        source.awaitTold("RESTARTED f0");
    }

    @Test
    void shouldNotTakeALateAppendForARestart() throws IOException {
        source.create("f0", "f1", "f2", "f3");
        StartedSeries started = source.follow("f0");

        source.append("f0", "late");
        source.awaitTold("GREW f0");
        source.append("f2", "late");
        source.awaitTold("GREW f2");

        assertThat(walk(started)).containsExactly("f0", "f1", "f2", "f3");
        assertThat(source.told).noneMatch(told -> told.startsWith("RESTARTED"));
    }

    @Test
    void shouldComeAfterItselfWhenTheNewestIsWrittenAnew() throws IOException {
        source.create("f1", "f2");
        StartedSeries started = source.follow("f1");
        Segment old = started.series().require("f2");
        source.write("f2", "x");
        source.awaitTold("RESTARTED f2");

        Segment anew = started.series().after(old).orElseThrow();
        assertThat(anew.name()).isEqualTo("f2");
        source.create("f3");
        source.awaitTold("APPEARED f3");
        assertThat(started.series().after(anew).map(Segment::name)).contains("f3");
    }

    @Test
    void shouldPutADeletedNameThatComesAgainToTheEnd() throws IOException {
        source.create("f0", "f1", "f2");
        StartedSeries started = source.follow("f0");
        Files.delete(path.resolve("f0"));
        source.create("f0");
        source.awaitTold("APPEARED f0");

        assertThat(walk(started)).containsExactly("f0", "f1", "f2", "f0");
    }

    @Test
    void shouldTellARestartWhenAFileIsReplacedByAnother() throws IOException {
        source.create("f1", "f2");
        source.follow("f1");
        source.create("other");
        Files.move(path.resolve("other"), path.resolve("f2"), StandardCopyOption.ATOMIC_MOVE);

        source.awaitTold("RESTARTED f2");
    }

    @Test
    void shouldKeepTheOrderOfNamesWhenFilesAreCopiedInAnyOrder() throws IOException {
        source.create("f5");
        StartedSeries started = source.follow("f5");
        source.create("f10", "f7", "f9", "f6", "f8");
        source.awaitTold("APPEARED f8");

        assertThat(walk(started)).containsExactly("f5", "f6", "f7", "f8", "f9", "f10");
    }

    @Test
    void shouldShareOneSeriesAndOneListingAmongReaders() throws IOException {
        source.create("f1", "f2", "f3");
        Series series = source.open("f1").series();

        assertThat(source.open("f3").series()).isSameAs(series);
        assertThat(source.open("f2").series()).isSameAs(series);
        assertThat(source.directory.scans()).isEqualTo(1);
    }

    @Test
    void shouldSeeWhatAppearedWhileTheDirectoryCouldNotBeReached() throws IOException {
        Path way = Files.createDirectory(path.resolve("way"));
        LostWay lost = new LostWay(way);
        Path inner = Files.createDirectory(way.resolve("in"));
        try (SourceDirectoryFixture far = SourceDirectoryFixture.watched(inner)) {
            far.create("f1", "f2");
            StartedSeries started = far.follow("f1");
            Path away = lost.away().resolve("in");

            lost.swap();
            Files.createFile(away.resolve("f3"));
            Files.writeString(away.resolve("f2"), "more", StandardOpenOption.APPEND);
            far.awaitTold("GREW f2");
            lost.swap();

            far.awaitTold("APPEARED f3");
            assertThat(far.told).noneMatch(told -> told.matches("(REMOVED|RESTARTED).*"));
            assertThat(walk(started)).containsExactly("f1", "f2", "f3");
        }
    }

    @Test
    void shouldReadOnWhenTheDirectoryIsMadeAgain() throws IOException {
        Path inner = Files.createDirectory(path.resolve("in"));
        try (SourceDirectoryFixture lost = SourceDirectoryFixture.watched(inner)) {
            lost.create("f1", "f2");
            StartedSeries started = lost.follow("f1");
            Files.delete(inner.resolve("f1"));
            Files.delete(inner.resolve("f2"));
            Files.delete(inner);
            lost.awaitTold("REMOVED f2");

            Files.createDirectory(inner);
            lost.create("f3");

            lost.awaitTold("APPEARED f3");
            assertThat(started.series().after(started.first()).map(Segment::name)).contains("f3");
        }
    }
}
