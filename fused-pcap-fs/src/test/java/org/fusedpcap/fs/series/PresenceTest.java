package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {

    @TempDir Path path;

    @Test
    void shouldTellFilesFromWhatIsNone() throws IOException {
        Files.createFile(path.resolve("file"));
        Files.createDirectory(path.resolve("directory"));
        Files.createSymbolicLink(path.resolve("link"), path.resolve("file"));
        Files.createSymbolicLink(path.resolve("dangling"), path.resolve("none"));

        assertThat(Presence.of(path.resolve("file"))).isEqualTo(Presence.THERE);
        assertThat(Presence.of(path.resolve("link"))).isEqualTo(Presence.THERE);
        assertThat(Presence.of(path.resolve("directory"))).isEqualTo(Presence.ABSENT);
        assertThat(Presence.of(path.resolve("dangling"))).isEqualTo(Presence.ABSENT);
        assertThat(Presence.of(path.resolve("none"))).isEqualTo(Presence.ABSENT);
    }

    @Test
    void shouldNotWaitForALinkThatCannotBeFollowed() throws IOException {
        Files.createSymbolicLink(path.resolve("loop"), path.resolve("loop"));

        assertThat(Presence.of(path.resolve("loop"))).isEqualTo(Presence.ABSENT);
    }

    @Test
    void shouldNotKnowWhatIsBehindAWayThatCannotBeTaken() throws IOException {
        Files.createSymbolicLink(path.resolve("loop"), path.resolve("loop"));

        assertThat(Presence.of(path.resolve("loop").resolve("file"))).isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void shouldFindNothingInADirectoryThatHasBecomeAFile() throws IOException {
        Files.createFile(path.resolve("file"));

        assertThat(Presence.of(path.resolve("file").resolve("f1"))).isEqualTo(Presence.ABSENT);
    }
}
