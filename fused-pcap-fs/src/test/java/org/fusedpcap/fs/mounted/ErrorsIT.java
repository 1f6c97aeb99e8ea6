package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cannot be opened. Segments that go away or change are in {@link DeletedSegmentsIT}, rights
 * in {@link ReadOnlyIT}, the daemon's end in {@link DaemonEndIT}.
 */
class ErrorsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "g.1",
                "g.1..",
                "f.1..g.2",
                "g.1..f.2",
                "g.1..g.2",
                "keepcache/g.1",
                "d/f.1",
                "..f.1"
            })
    void shouldNotFindASegmentThatDoesNotExist(String path) throws IOException {
        MOUNTED.captures().segment("f.1", 10).segment("f.2", 10);

        assertThat(errorOf(path)).isEqualTo(Errno.ENOENT);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"n.2", "n.2..", "n.2..n.3", "n.1..n.2", "n.2..n.2", "keepcache/n.2"})
    void shouldRefuseWhatIsNoCapture(String path) throws IOException {
        MOUNTED.captures().segment("n.1", 10).segment("n.3", 10);
        Files.writeString(MOUNTED.source("n.2"), "just a text, long enough to be a file header\n");

        assertRefused(path, "n.2");
    }

    @Test
    void shouldRefuseAShortFileThatIsNoCapture() throws IOException {
        Files.write(MOUNTED.source("n.1"), new byte[] {1, 2, 3, 4, 5});

        assertRefused("n.1", "n.1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"f.2..f.1", "keepcache/f.2..f.1"})
    void shouldRefuseARangeThatEndsBeforeItStarts(String path) throws IOException {
        MOUNTED.captures().segment("f.1", 10).segment("f.2", 10);

        assertRefused(path, "f.2..f.1");
    }

    @Test
    void shouldRefuseARangeOverTwoSeries() throws IOException {
        MOUNTED.captures().segment("eth0.1", 10).segment("eth1.1", 10).segment("eth1.2", 10);

        assertRefused("eth0.1..eth1.2", "eth1.2");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"v.1", "v.1..", "v.1..v.2", "v.0..v.1"})
    void shouldRefuseAnUnknownVersionOfPcap(String path) throws IOException {
        Captures captures =
                MOUNTED.captures().segment("v.0", 10).segment("v.1", 10).segment("v.2", 10);
        byte[] bytes = Files.readAllBytes(captures.paths().get(1));
        bytes[4] = 7;
        Files.write(captures.paths().get(1), bytes);

        assertRefused(path, "v.1");
    }

    private static void assertRefused(String path, String named) {
        assertThat(errorOf(path)).isEqualTo(Errno.EINVAL);
        assertThat(MOUNTED.mount().log().lines())
                .as("a line in the log")
                .anyMatch(line -> line.contains("WARN") && line.contains(named));
    }

    private static Errno errorOf(String path) {
        return Errno.of(() -> Files.newByteChannel(MOUNTED.view(path)).close());
    }

    @Test
    void shouldAnswerWithAnErrorWhereTheSourceCannotBeRead() throws IOException {
        // Another mount is the disk that breaks.
        MOUNTED.captures().segment("f.1", 10).segment("f.2", 10);
        try (Scratch scratch = new Scratch()) {
            Mount disk = Mount.of(scratch, MOUNTED.source());
            try (Mount mount = Mount.of(scratch, "over", disk.path(), "rw")) {
                assertThat(Files.exists(mount.path("f.1"))).isTrue();
                disk.process().destroyForcibly();
                disk.awaitEnd();
                for (String path : List.of("f.1", "f.1..f.2")) {
                    assertThat(Errno.of(() -> Files.newByteChannel(mount.path(path)).close()))
                            .isEqualTo(Errno.EIO);
                }
                assertThat(Tool.run("ls", mount.path().toString()).errors())
                        .contains("Input/output error");
            } finally {
                disk.abandon();
            }
        }
    }
}
