package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.fs.series.StartedSeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Directories that are removed while a file of them is open. The kernel does not tell of that, for
 * an open file holds its directory.
 */
class FollowReplacedDirectoryTest {

    @TempDir Path parent;
    FollowFixture source;

    @BeforeEach
    void watch() throws IOException {
        source = new FollowFixture(Files.createDirectory(parent.resolve("captures")));
    }

    @AfterEach
    void unwatch() {
        source.close();
        assertThat(source.files.openCount()).isZero();
    }

    private void remove(String... names) throws IOException {
        for (String name : names) {
            Files.delete(source.file(name));
        }
        Files.delete(source.path);
    }

    @Test
    void shouldReadAHeldFileToItsEndAndGoOnInTheDirectoryThatIsMadeAnew() throws IOException {
        source.write("f0", capture(0, 3));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            remove("f0");
            Files.createDirectory(source.path);
            source.write("f1", capture(3, 3));
            reader.toTheBytes(capture(0, 6).length);
            // From now on as before.
            source.write("f2", capture(6, 3));
            reader.toTheBytes(capture(0, 9).length);

            assertThat(reader.got()).isEqualTo(capture(0, 9));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldLookForADirectoryThatIsMadeAnewLater() throws IOException {
        source.write("f0", capture(0, 3));
        source.write("f1", capture(3, 3));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            StartedSeries before = source.series("f0");
            remove("f0", "f1");
            FollowFixture.await().until(() -> before.series().size() == 0);
            assertThat(source.files.openCount()).isPositive();
            Files.createDirectory(source.path);
            source.write("f0", capture(6, 3));
            reader.toTheBytes(capture(0, 9).length);

            assertThat(reader.got()).isEqualTo(capture(0, 9));
        }
    }

    /** They all come behind what was in the old directory, in their own order. */
    @Test
    void shouldReadFilesOfTheSameNamesInTheDirectoryThatIsPutInPlace() throws IOException {
        Path fresh = Files.createDirectory(parent.resolve("fresh"));
        for (int i = 0; i < 6; i++) {
            Files.write(fresh.resolve("f" + i), capture(100 + 3 * i, 3));
        }
        for (int i = 2; i < 5; i++) {
            source.write("f" + i, capture(3 * i, 3));
        }
        try (FollowStream stream = source.follow("f2")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            Path old = parent.resolve("old");
            Files.move(source.path, old);
            Files.move(fresh, source.path);
            byte[] expected = join(capture(6, 9), records(100, 18));
            reader.toTheBytes(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldGoOnWhenADirectoryAboveIsReplaced() throws IOException {
        source.close();
        Path above = Files.createDirectory(parent.resolve("above"));
        source = new FollowFixture(Files.createDirectory(above.resolve("captures")));
        source.write("f0", capture(0, 3));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            Files.move(above, parent.resolve("old"));
            Files.createDirectories(source.path);
            source.write("f1", capture(3, 3));
            reader.toTheBytes(capture(0, 6).length);

            assertThat(reader.got()).isEqualTo(capture(0, 6));
        }
    }

    @Test
    void shouldOpenWhatIsInTheDirectoryThatIsMadeAnew() throws IOException {
        source.write("f0", capture(0, 3));
        source.write("f1", capture(3, 3));
        try (FollowStream stream = source.follow("f0")) {
            new StreamReader(stream).drain(1000);
            remove("f0", "f1");
            Files.createDirectory(source.path);
            source.write("f0", capture(6, 3));
            try (FollowFixture again = new FollowFixture(source);
                    FollowStream other = again.follow("f0")) {
                StreamReader reader = new StreamReader(other);
                reader.drain(1000);

                assertThat(reader.got()).isEqualTo(capture(6, 3));
                assertThat(again.series("f0").series().size()).isEqualTo(1);
            }
        }
    }
}
