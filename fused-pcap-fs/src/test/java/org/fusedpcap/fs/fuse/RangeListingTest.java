package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.options.names.Place;
import org.fusedpcap.fs.options.names.Target;
import org.fusedpcap.fs.series.SourceDirectories;
import org.fusedpcap.fs.stream.RangeSegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeListingTest {

    private static final int THREAD = 4711;
    private static final Target.Range BOTH =
            new Target.Range(Place.top(StreamOptions.DEFAULTS), "cap.1", "cap.2");
    private static final Target.Range FIRST =
            new Target.Range(Place.top(StreamOptions.DEFAULTS), "cap.1", "cap.1");

    @TempDir Path directory;
    private SourceDirectories directories;
    private RangeListing listing;
    private long now = -5;

    @BeforeEach
    void open() throws IOException {
        write("cap.1", 100);
        write("cap.2", 200);
        directories = WatchedSources.create();
        listing = new RangeListing(directories, () -> now);
    }

    @AfterEach
    void close() {
        directories.close();
    }

    private void write(String name, int length) throws IOException {
        Files.write(directory.resolve(name), new byte[length]);
    }

    private static List<Long> sizes(List<RangeSegment> segments) {
        return segments.stream().map(segment -> segment.identity().size()).toList();
    }

    @Test
    void shouldOpenWhatTheSameCallLookedUp() throws IOException {
        assertThat(sizes(listing.lookUp(THREAD, directory, BOTH))).containsExactly(100L, 200L);
        write("cap.2", 300);
        now += TimeUnit.SECONDS.toNanos(1);

        assertThat(sizes(listing.forOpening(THREAD, directory, BOTH))).containsExactly(100L, 200L);
    }

    @Test
    void shouldListAnewForTheNextOpening() throws IOException {
        listing.lookUp(THREAD, directory, BOTH);
        listing.forOpening(THREAD, directory, BOTH);
        write("cap.2", 300);

        assertThat(sizes(listing.forOpening(THREAD, directory, BOTH))).containsExactly(100L, 300L);
    }

    @Test
    void shouldListAnewWhenTheLookUpNeededNoList() throws IOException {
        listing.lookUp(THREAD, directory, BOTH);
        write("cap.2", 300);
        listing.forget();

        assertThat(sizes(listing.forOpening(THREAD, directory, BOTH))).containsExactly(100L, 300L);
    }

    @Test
    void shouldListAnewForEveryLookUp() throws IOException {
        listing.lookUp(THREAD, directory, BOTH);
        write("cap.2", 300);

        assertThat(sizes(listing.lookUp(THREAD, directory, BOTH))).containsExactly(100L, 300L);
        assertThat(sizes(listing.forOpening(THREAD, directory, BOTH))).containsExactly(100L, 300L);
    }

    @Test
    void shouldListAnewForWhoeverDidNotLookUpJustNow() throws IOException {
        listing.lookUp(THREAD, directory, BOTH);
        write("cap.2", 300);

        assertThat(sizes(listing.forOpening(THREAD + 1, directory, BOTH)))
                .containsExactly(100L, 300L);
        listing.lookUp(THREAD, directory, BOTH);
        assertThat(sizes(listing.forOpening(THREAD, directory, FIRST))).containsExactly(100L);
        listing.lookUp(THREAD, directory, BOTH);
        write("cap.2", 400);
        now += TimeUnit.SECONDS.toNanos(1) + 1;
        assertThat(sizes(listing.forOpening(THREAD, directory, BOTH))).containsExactly(100L, 400L);
    }

    @Test
    void shouldListAnewForThoseWhoseThreadIsNotKnown() throws IOException {
        listing.lookUp(0, directory, BOTH);
        write("cap.2", 300);

        assertThat(sizes(listing.forOpening(0, directory, BOTH))).containsExactly(100L, 300L);
    }

    @Test
    void shouldTellTheAttributesOnceOfWhatTheSameCallLookedUp() throws IOException {
        listing.lookUp(THREAD, directory, BOTH);
        write("cap.2", 300);

        assertThat(sizes(listing.forAttributes(THREAD, directory, BOTH)))
                .containsExactly(100L, 200L);
        assertThat(sizes(listing.forOpening(THREAD, directory, BOTH))).containsExactly(100L, 200L);
    }

    @Test
    void shouldTellNewAttributesToWhoAsksAgain() throws IOException {
        listing.lookUp(THREAD, directory, BOTH);
        listing.forAttributes(THREAD, directory, BOTH);
        write("cap.2", 300);

        assertThat(sizes(listing.forAttributes(THREAD, directory, BOTH)))
                .containsExactly(100L, 300L);
        write("cap.2", 400);
        assertThat(sizes(listing.forAttributes(THREAD, directory, BOTH)))
                .containsExactly(100L, 400L);
        assertThat(sizes(listing.forOpening(THREAD, directory, BOTH))).containsExactly(100L, 400L);
    }

    @Test
    void shouldTellNewAttributesToOthersAndLater() throws IOException {
        listing.lookUp(THREAD, directory, BOTH);
        write("cap.2", 300);
        assertThat(sizes(listing.forAttributes(THREAD + 1, directory, BOTH)))
                .containsExactly(100L, 300L);

        listing.lookUp(THREAD, directory, BOTH);
        write("cap.2", 400);
        now += TimeUnit.SECONDS.toNanos(1) + 1;
        assertThat(sizes(listing.forAttributes(THREAD, directory, BOTH)))
                .containsExactly(100L, 400L);
    }

    @Test
    void shouldListVeryManyInTheirOrder() throws IOException {
        for (int i = 1; i <= 2500; i++) {
            write("cap." + i, i);
        }

        assertThat(
                        sizes(
                                listing.lookUp(
                                        THREAD,
                                        directory,
                                        new Target.Range(BOTH.place(), "cap.1", "cap.2500"))))
                .isEqualTo(LongStream.rangeClosed(1, 2500).boxed().toList());
    }
}
