package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.FollowFixture.await;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.fusedpcap.fs.compression.Packing;
import org.fusedpcap.fs.linux.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of readers who may not read every file that the program may. */
class ReaderRightsTest {

    /** Neither owner nor in the group of a file that the test makes. */
    private static final User OTHER = new User(54_321, 54_321, Set.of(), true);

    @TempDir Path directory;
    private FollowFixture source;
    private RangeFixture ranges;

    @BeforeEach
    void prepare() throws IOException {
        source = new FollowFixture(directory);
        ranges = new RangeFixture(directory);
        write("f1", capture(0, 10), "rw-r--r--");
        write("f2", capture(10, 10), "rw-------");
        write("f3", capture(20, 10), "rw-r--r--");
    }

    @AfterEach
    void close() {
        source.close();
    }

    private void write(String name, byte[] content, String mode) throws IOException {
        Path written = Files.write(directory.resolve("." + name), content);
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString(mode));
        Files.move(written, directory.resolve(name));
    }

    private void setMode(String name, String mode) throws IOException {
        Files.setPosixFilePermissions(
                directory.resolve(name), PosixFilePermissions.fromString(mode));
    }

    /** Only of a file that was changed just now somebody may be about to change the mode. */
    private void awaitOld(String name) {
        await().until(
                        () -> {
                            Object changed =
                                    Files.getAttribute(directory.resolve(name), "unix:ctime");
                            return ((FileTime) changed)
                                    .toInstant()
                                    .isBefore(Instant.now().minusSeconds(2));
                        });
    }

    @Test
    void shouldRefuseARangeWithAFileInItThatItsReaderMayNotRead() throws IOException {
        assertThatThrownBy(() -> ranges.open(ranges.segments("f1", "f2", "f3"), OTHER))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("f2")
                .hasMessageContaining("user 54321");
        assertThat(ranges.files.openCount()).isZero();
        try (RangeStream range = ranges.open("f1", "f2", "f3")) {
            assertThat(RangeFixture.readAll(range, 1000)).isEqualTo(capture(0, 30));
        }
        setMode("f2", "rw-r--r--");
        try (RangeStream range = ranges.open(ranges.segments("f1", "f2", "f3"), OTHER)) {
            assertThat(RangeFixture.readAll(range, 1000)).isEqualTo(capture(0, 30));
        }
    }

    @Test
    void shouldPassOverWhatHasTakenTheePlaceOfAFileAndIsForOthers() throws IOException {
        setMode("f2", "rw-r--r--");
        try (RangeStream range = ranges.open(ranges.segments("f1", "f2", "f3"), OTHER)) {
            write("f2.gz", Packing.GZIP.pack(capture(10, 10)), "rw-------");
            Files.delete(directory.resolve("f2"));

            assertThat(RangeFixture.readAll(range, 1000))
                    .isEqualTo(join(capture(0, 10), records(20, 10)));
            assertThat(ranges.events.missedSegments()).isEqualTo(1);
        }
        assertThat(ranges.files.openCount()).isZero();
    }

    @Test
    void shouldRefuseToFollowFromAFileThatTheReaderMayNotRead() throws IOException {
        assertThatThrownBy(() -> source.follow("f2", OTHER))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("user 54321");
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldPassOverALaterFileThatTheReaderMayNotRead() throws IOException {
        awaitOld("f2");
        try (FollowStream stream = source.follow("f1", OTHER);
                FollowStream whole = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            StreamReader root = new StreamReader(whole);

            assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
            assertThat(reader.got()).isEqualTo(join(capture(0, 10), records(20, 10)));
            assertThat(source.events.missedSegments()).isEqualTo(1);
            assertThat(source.events.missedBytes()).isEqualTo(capture(10, 10).length);
            root.drain(1000);
            assertThat(root.got()).isEqualTo(capture(0, 30));
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldReadTheNewestFileAsSoonAsItsReaderMay() throws IOException {
        setMode("f2", "rw-r--r--");
        setMode("f3", "rw-------");
        try (FollowStream stream = source.follow("f1", OTHER)) {
            StreamReader reader = new StreamReader(stream);

            assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
            assertThat(reader.got()).isEqualTo(capture(0, 20));
            setMode("f3", "rw-r--r--");
            assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
            assertThat(reader.got()).isEqualTo(capture(0, 30));
            assertThat(source.events.missedSegments()).isZero();
        }
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldAskAtTheStepThoughTheNextFileIsHeldAlready() throws IOException {
        setMode("f2", "rw-r--r--");
        try (FollowStream stream = source.follow("f1", OTHER)) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            assertThat(source.files.openCount()).isEqualTo(2);
            setMode("f2", "rw-------");
            awaitOld("f2");
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(join(capture(0, 10), records(20, 10)));
        }
    }
}
