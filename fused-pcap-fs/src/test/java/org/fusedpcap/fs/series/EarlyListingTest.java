package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.fusedpcap.fs.linux.InotifyChanges;
import org.fusedpcap.fs.options.SegmentOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyListingTest {

    private static final String FIRST = "cap.0";

    @TempDir Path path;
    SourceDirectories directories;

    @BeforeEach
    void open() throws IOException {
        directories =
                new SourceDirectories(
                        new InotifyChanges(),
                        new PollingChanges(Duration.ofMillis(20)),
                        new CapturePacketTimes());
    }

    @AfterEach
    void close() {
        directories.close();
    }

    private void write(int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Files.createFile(path.resolve("cap." + i));
        }
        Files.createFile(path.resolve(".hidden"));
        Files.createFile(path.resolve("a-note.txt"));
    }

    private int watchedAfterListing(SeriesSpec spec) {
        new EarlyListing(directories, path, spec).run();
        WatchCounts watched = directories.watched();
        return watched.notified() + watched.polled();
    }

    @Test
    void shouldListADirectoryOfManyFilesBeforeItIsOpened() throws IOException {
        write(EarlyListing.MANY);

        assertThat(watchedAfterListing(SeriesSpec.DEFAULT)).isOne();
        try (SourceDirectory directory = directories.acquire(path)) {
            assertThat(directory.scans()).isOne();
            Series series = directory.open(FIRST, SeriesSpec.DEFAULT).series();
            assertThat(directory.scans()).isOne();
            assertThat(series.size()).isEqualTo(EarlyListing.MANY);
        }
    }

    @Test
    void shouldKeepUpWithWhatHappensThere() throws IOException {
        write(EarlyListing.MANY);
        new EarlyListing(directories, path, SeriesSpec.DEFAULT).run();
        String next = "cap." + EarlyListing.MANY;
        Files.createFile(path.resolve(next));
        Files.delete(path.resolve(FIRST));

        try (SourceDirectory directory = directories.acquire(path)) {
            Series series = directory.open(next, SeriesSpec.DEFAULT).series();
            assertThat(directory.scans()).isOne();
            assertThat(series.find(FIRST)).isEmpty();
            assertThat(series.find(next)).isPresent();
        }
    }

    @Test
    void shouldLeaveADirectoryOfFewFilesAlone() throws IOException {
        write(EarlyListing.MANY - 2);

        assertThat(watchedAfterListing(SeriesSpec.DEFAULT)).isZero();
    }

    @Test
    void shouldNotLookIntoEveryFile() throws IOException {
        write(EarlyListing.MANY);

        assertThat(watchedAfterListing(new SeriesSpec(Optional.empty(), SegmentOrder.PACKET)))
                .isZero();
    }

    @Test
    void shouldBearWithADirectoryThatIsGone() throws IOException {
        Files.delete(path);

        assertThat(watchedAfterListing(SeriesSpec.DEFAULT)).isZero();
    }
}
