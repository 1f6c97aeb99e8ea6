package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.fusedpcap.fs.series.FileChange.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices that come when more has happened already than they tell of. */
class LateNoticesTest {

    @TempDir Path path;
    private final ByHand notices = new ByHand();
    private SourceDirectories directories;
    private SourceDirectory directory;
    private final List<FileChange> batch = new ArrayList<>();

    @BeforeEach
    void watch() throws IOException {
        directories =
                new SourceDirectories(
                        notices,
                        new PollingChanges(Duration.ofMillis(20)),
                        new CapturePacketTimes());
        directory = directories.acquire(path);
    }

    @AfterEach
    void unwatch() {
        directory.close();
        directories.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(path.resolve(name), text);
    }

    private void rewrite(String name, String text) throws IOException {
        write(name, text);
        note(Kind.MODIFIED, name);
    }

    private void note(Kind kind, String name) {
        batch.add(new FileChange(name, kind));
    }

    private Series ringOfFour() throws IOException {
        for (int i = 0; i < 4; i++) {
            write("f0" + i, "first lap, a long text " + i);
        }
        Series series = directory.open("f00", SeriesSpec.DEFAULT).series();
        series.subscribe((segment, change) -> {});
        return series;
    }

    private static List<String> names(Series series) {
        List<String> names = new ArrayList<>();
        for (Optional<Segment> next = series.oldest();
                next.isPresent();
                next = series.after(next.get())) {
            names.add(next.get().name());
        }
        return names;
    }

    @Test
    void shouldPutAFileLastThatWasWrittenAnewAgainAfterTheOthers() throws IOException {
        Series series = ringOfFour();
        note(Kind.MODIFIED, "f03");
        note(Kind.CLOSED, "f03");
        for (int i = 0; i < 4; i++) {
            rewrite("f0" + i, "second lap " + i);
            note(Kind.CLOSED, "f0" + i);
        }
        rewrite("f00", "third lap");

        notices.listener.changed(List.copyOf(batch));

        assertThat(names(series)).containsExactly("f01", "f02", "f03", "f00");
    }

    @Test
    void shouldKeepTheOrderOfFilesThatWereWrittenAnewOnce() throws IOException {
        Series series = ringOfFour();
        for (int i = 0; i < 3; i++) {
            rewrite("f0" + i, "second lap " + i);
            note(Kind.MODIFIED, "f0" + i);
            note(Kind.CLOSED, "f0" + i);
        }

        notices.listener.changed(List.copyOf(batch));

        assertThat(names(series)).containsExactly("f03", "f00", "f01", "f02");
    }

    @Test
    void shouldTellAFileOfThatNameApartThatWasRemovedInBetween() throws IOException {
        Series series = ringOfFour();
        note(Kind.MODIFIED, "f00");
        note(Kind.CLOSED, "f00");
        Files.delete(path.resolve("f00"));
        note(Kind.REMOVED, "f00");
        write("f00", "second lap");
        note(Kind.CREATED, "f00");
        note(Kind.MODIFIED, "f00");
        note(Kind.CLOSED, "f00");

        notices.listener.changed(List.copyOf(batch));

        assertThat(names(series)).containsExactly("f01", "f02", "f03", "f00");
    }

    /** After an overflow of notices there is only the time of each to tell what came first. */
    @Test
    void shouldPutFilesThatWereWrittenAnewUnseenInTheOrderOfTheirWriting() throws IOException {
        Series series = ringOfFour();
        List<String> order = List.of("f02", "f00", "f01");
        for (int i = 0; i < order.size(); i++) {
            write(order.get(i), "second lap");
            FileTime time = FileTime.fromMillis(System.currentTimeMillis() + i * 1000L);
            Files.setLastModifiedTime(path.resolve(order.get(i)), time);
        }

        notices.listener.lost();

        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(names(series))
                                        .containsExactly("f03", "f02", "f00", "f01"));
    }

    private void tell() {
        notices.listener.changed(List.copyOf(batch));
        batch.clear();
    }

    @Test
    void shouldPutAFileLastThatWasWrittenAnewAgainBeforeItWasLookedAt() throws IOException {
        Series series = ringOfFour();
        note(Kind.MODIFIED, "f03");
        note(Kind.CLOSED, "f03");
        for (int i = 0; i < 3; i++) {
            rewrite("f0" + i, "second lap " + i);
            note(Kind.CLOSED, "f0" + i);
        }
        write("f03", "second lap 3");
        tell();
        note(Kind.MODIFIED, "f03");
        tell();

        assertThat(names(series)).containsExactly("f00", "f01", "f02", "f03");
    }

    @Test
    void shouldPutItLastAlsoWhereItsClosingIsToldAsLate() throws IOException {
        Series series = ringOfFour();
        note(Kind.MODIFIED, "f03");
        write("f03", "second lap 3");
        tell();
        note(Kind.CLOSED, "f03");
        for (int i = 0; i < 3; i++) {
            rewrite("f0" + i, "second lap " + i);
            note(Kind.CLOSED, "f0" + i);
        }
        note(Kind.MODIFIED, "f03");
        tell();

        assertThat(names(series)).containsExactly("f00", "f01", "f02", "f03");
    }

    @Test
    void shouldPutItLastWhereItWasClosedBeforeItCouldBeToldFromANewOne() throws IOException {
        Series series = ringOfFour();
        note(Kind.MODIFIED, "f03");
        write("f03", "");
        tell();
        note(Kind.CLOSED, "f03");
        write("f03", "second lap 3");
        tell();
        for (int i = 0; i < 3; i++) {
            rewrite("f0" + i, "second lap " + i);
            note(Kind.CLOSED, "f0" + i);
        }
        note(Kind.MODIFIED, "f03");
        tell();

        assertThat(names(series)).containsExactly("f00", "f01", "f02", "f03");
    }

    @Test
    void shouldPutItLastHoweverOftenTheRingTurnsMeanwhile() throws IOException {
        Series series = ringOfFour();
        note(Kind.CLOSED, "f03");
        write("f03", "third lap");
        tell();
        for (int lap = 2; lap <= 3; lap++) {
            for (int i = 0; i < 3; i++) {
                rewrite("f0" + i, "lap " + lap + " of " + i);
                note(Kind.CLOSED, "f0" + i);
            }
            note(Kind.MODIFIED, "f03");
            note(Kind.CLOSED, "f03");
            tell();
        }

        assertThat(names(series)).containsExactly("f00", "f01", "f02", "f03");
    }

    @Test
    void shouldNotMoveAFileThatIsWrittenOn() throws IOException {
        Series series = ringOfFour();
        rewrite("f00", "second lap 0");
        rewrite("f01", "second lap 1");
        tell();
        rewrite("f00", "second lap 0, and on");
        tell();

        assertThat(names(series)).containsExactly("f02", "f03", "f00", "f01");
    }

    @Test
    void shouldNotMoveAFileThatIsAppendedToLater() throws IOException {
        Series series = ringOfFour();
        rewrite("f00", "second lap 0");
        note(Kind.CLOSED, "f00");
        rewrite("f01", "second lap 1");
        tell();
        rewrite("f01", "second lap 1, and on");
        tell();
        rewrite("f00", "second lap 0, and more");
        tell();

        assertThat(names(series)).containsExactly("f02", "f03", "f00", "f01");
    }

    /** Tells what it is given. */
    private static final class ByHand implements ChangeSource {

        private DirectoryListener listener;

        @Override
        public Watch watch(Path watched, DirectoryListener told) {
            listener = told;
            return new Watch() {
                @Override
                public boolean sync() {
                    // All is told by hand.
                    return true;
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }

        @Override
        public boolean seesAll(Path watched) {
            return true;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
