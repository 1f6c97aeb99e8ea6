package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names under the mount point: directories, odd names, and options as path levels. */
class NamesIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    @Test
    void shouldMirrorDirectories() throws IOException {
        Path deep = Files.createDirectories(MOUNTED.source("a/b"));
        Captures captures = Captures.in(deep).segment("f.1", 10).segment("f.2", 10);
        Files.createSymbolicLink(MOUNTED.source("link"), Path.of("a", "b", "f.1"));

        assertThat(MOUNTED.list()).containsExactly("a", "link");
        assertThat(Files.isDirectory(MOUNTED.view("a/b"))).isTrue();
        Pieces.assertSequential(
                MOUNTED.view("a/b/f.1..f.2"), RollingSource.of(captures.paths()).bytes(), 4096);
        Pieces.assertSequential(
                MOUNTED.view("filesize=1G/a/keepcache/b/f.1..f.2"),
                RollingSource.of(captures.paths()).bytes(),
                4096);
        Files.createDirectory(MOUNTED.source("c"));
        assertThat(MOUNTED.list()).containsExactly("a", "c", "link");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "a..b",
                "clustersize=6",
                "keepcache",
                "f=1.pcap",
                "two words",
                "\u00fcml\u00e4ut"
            })
    void shouldFindRealFilesBeforeAllElse(String name) throws IOException {
        Captures captures = MOUNTED.captures().segment(name, 10);

        assertThat(MOUNTED.list()).containsExactly(name);
        Pieces.assertSequential(
                MOUNTED.view(name + ".." + name), RollingSource.of(captures.paths()).bytes(), 4096);
    }

    @Test
    void shouldReadARangeOfNamesWithDots() throws IOException {
        Captures captures = MOUNTED.captures().segment("a..1", 10).segment("a..2", 10);

        Pieces.assertSequential(
                MOUNTED.view("a..1..a..2"), RollingSource.of(captures.paths()).bytes(), 4096);
    }

    @Test
    void shouldHideFilesThatBeginWithADot() throws IOException {
        MOUNTED.captures().segment(".f.1", 10).segment("f.2", 10);

        assertThat(MOUNTED.list()).containsExactly("f.2");
        assertThat(errorOf(".f.1")).isEqualTo(Errno.ENOENT);
    }

    @Test
    void shouldListTheSameInAnOptionDirectory() throws IOException {
        MOUNTED.captures().segment("f.1", 10).segment("f.2", 10);

        for (String level : List.of("filesize=1G", "keepcache", "order=mtime,filesize=2K")) {
            try (var entries = Files.list(MOUNTED.view(level))) {
                assertThat(entries.map(entry -> entry.getFileName().toString()))
                        .containsExactlyInAnyOrder("f.1", "f.2");
            }
        }
        assertThat(MOUNTED.list()).containsExactly("f.1", "f.2");
        Tool.shell("cd '" + MOUNTED.view("keepcache") + "' && ls .. && cat f.1..f.2 >/dev/null")
                .assertQuiet();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "filesize=1K/filesize=3K/f.1, 3072",
        "filesize=3K/order=name/f.1, 3072",
        "'filesize=1K,filesize=2K/f.1', 2048",
        "'order=mtime,filesize=5K/tunnel=inner/f.1', 5120",
        "clustersize=1/filesize=7/f.1, 7"
    })
    void shouldAddUpOptionsOfWhichTheDeepestWins(String path, long size) throws IOException {
        MOUNTED.captures().segment("f.1", 10);

        assertThat(Files.size(MOUNTED.view(path))).isEqualTo(size);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "clustersize=0",
                "clustersize=1025",
                "clustermode=5",
                "clusterabend=3",
                "blockslack=0",
                "filesize=many",
                "filesize=-1",
                "keepcache=perhaps",
                "order=size",
                "tunnel=both",
                "filesize=1K,clustermode=x"
            })
    void shouldAnswerABadValueWithInvalidArgument(String level) throws IOException {
        MOUNTED.captures().segment("f.1", 10);

        assertThat(errorOf(level + "/f.1")).isEqualTo(Errno.EINVAL);
        assertThat(errorOf(level)).isEqualTo(Errno.EINVAL);
        assertThat(Errno.of(() -> Files.newByteChannel(MOUNTED.view(level + "/f.1"))))
                .isEqualTo(Errno.EINVAL);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"clustersise=4", "speed=high", "nothing", "keepcash", "order"})
    void shouldNotFindAnUnknownOption(String level) throws IOException {
        MOUNTED.captures().segment("f.1", 10);

        assertThat(errorOf(level + "/f.1")).isEqualTo(Errno.ENOENT);
        assertThat(errorOf(level)).isEqualTo(Errno.ENOENT);
    }

    private static Errno errorOf(String path) {
        return Errno.of(() -> Files.readAttributes(MOUNTED.view(path), BasicFileAttributes.class));
    }

    @Test
    void shouldOrderByModificationTimeWhenAskedTo() throws IOException {
        // A ring whose numbers have wrapped: 8, 9, 0, 1.
        Captures captures =
                MOUNTED.captures()
                        .segment("f8", 10)
                        .segment("f9", 10)
                        .segment("f0", 10)
                        .segment("f1", 10);
        for (int i = 0; i < 4; i++) {
            Files.setLastModifiedTime(
                    captures.paths().get(i), FileTime.fromMillis(1_700_000_000_000L + 1000 * i));
        }
        byte[] expected = RollingSource.of(captures.paths()).bytes();

        Pieces.assertSequential(MOUNTED.view("order=mtime/f8..f1"), expected, 4096);
        Pieces.assertSequential(MOUNTED.view("order=packet/f8..f1"), expected, 4096);
        MOUNTED.end("f1");
        Pieces.assertSequential(MOUNTED.view("order=mtime/f8"), expected, 4096);
        Pieces.assertSequential(MOUNTED.view("order=packet,keepcache/f8.."), expected, 4096);
    }

    @Test
    void shouldTakeTheSeriesThatAPatternNames() throws IOException {
        Captures captures =
                MOUNTED.captures()
                        .segment("x-eth0", 10)
                        .segment("y-eth0", 10)
                        .segment("z-eth0", 10);
        MOUNTED.captures().segment("x-eth1", 10);

        Pieces.assertSequential(
                MOUNTED.view("filematch=*-eth0/x-eth0..z-eth0"),
                RollingSource.of(captures.paths()).bytes(),
                4096);
    }
}
