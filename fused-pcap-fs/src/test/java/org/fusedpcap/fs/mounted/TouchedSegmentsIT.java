package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose time or mode is set while they are followed in the order of their times. */
class TouchedSegmentsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static void setTime(Path file, int secondsFromNow) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(secondsFromNow)));
    }

    /** Looks for the file, for which the daemon first has to take in all that has happened. */
    private static void awaitTold() throws IOException {
        Files.readAllBytes(MOUNTED.view("order=mtime/a..a"));
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"order=mtime/", "order=mtime,keepcache/"})
    void shouldBeReadOnce(String level) throws IOException {
        Captures captures = MOUNTED.captures();
        for (String name : new String[] {"f.3", "f.1", "f.2"}) {
            captures.segment(name, 50);
        }
        for (int i = 0; i < 3; i++) {
            setTime(captures.paths().get(i), -300 + 100 * i);
        }
        Files.copy(captures.paths().get(0), MOUNTED.source("a"));
        StreamReader reader = MOUNTED.read(level + "f.3");
        reader.awaitPosition(RollingSource.of(captures.paths()).length());

        setTime(MOUNTED.source("f.3"), -50);
        Files.setPosixFilePermissions(
                MOUNTED.source("f.1"), PosixFilePermissions.fromString("r--r-----"));
        setTime(MOUNTED.source("f.2"), 3600);
        awaitTold();
        for (int i = 4; i < 8; i++) {
            captures.segment("f." + i, 50);
            reader.awaitPosition(RollingSource.of(captures.paths()).length());
        }
        awaitTold();

        assertThat(reader.bytes()).isEqualTo(RollingSource.of(captures.paths()).bytes());
        assertThat(MOUNTED.mount().log()).doesNotContain("gap: ");
    }
}
