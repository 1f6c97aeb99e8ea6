package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a source directory besides captures, named as if it were one of them. */
class OddEntriesIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    @TempDir static Path elsewhere;

    private static final String LISTENING =
            "import socket; socket.socket(socket.AF_UNIX).bind('f.2')";

    /** A file of the right name and content where the source does not reach. */
    private static Path outside() throws IOException {
        Path directory = Files.createTempDirectory(elsewhere, "");
        return Captures.in(directory).segment("f.2", 20).paths().get(0);
    }

    private static void make(String kind) throws IOException {
        String command =
                switch (kind) {
                    case "fifo" -> "mkfifo f.2";
                    case "socket" -> "python3 -c \"" + LISTENING + "\"";
                    case "device" -> "mknod f.2 c 1 5";
                    case "dangling link" -> "ln -s nowhere f.2";
                    case "link to itself" -> "ln -s f.2 f.2";
                    case "link out of the source" -> "ln -s " + outside() + " f.2";
                    default -> "mkdir f.2";
                };
        Tool.shell("cd '" + MOUNTED.source() + "' && " + command).assertQuiet();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "fifo",
                "socket",
                "device",
                "dangling link",
                "link to itself",
                "link out of the source",
                "directory"
            })
    void shouldPassOverWhatIsNoCapture(String kind) throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 20);
        make(kind);
        captures.segment("f.3", 20);
        byte[] expected = RollingSource.of(captures.paths()).bytes();
        MOUNTED.end("f.3");

        for (String path : List.of("f.1..f.3", "f.1", "keepcache/f.1..", "order=mtime/f.1")) {
            Pieces.assertSequential(MOUNTED.view(path), expected, 4096);
        }
        assertThat(MOUNTED.mount().log().lines())
                .anyMatch(line -> line.contains("WARN") && line.contains("f.2"));
        Tool.Result opened = Tool.run("cat", MOUNTED.view("f.2..f.3").toString());
        assertThat(opened.status()).isNotZero();
    }

    @Test
    void shouldPassOverALinkOutOfTheSourceThatAppearsLater() throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 20);
        StreamReader reader = MOUNTED.read("f.1");
        reader.awaitPosition(RollingSource.of(captures.paths()).length());
        make("link out of the source");
        captures.segment("f.3", 20);

        reader.awaitPosition(RollingSource.of(captures.paths()).length());
        assertThat(reader.bytes()).isEqualTo(RollingSource.of(captures.paths()).bytes());
        assertThat(MOUNTED.mount().log()).contains("a link out of the source");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a b %s c", "a\nb.%s", "a\tb.%s", "%s.\u00fc\u20ac", "a'b\"c\\$.%s"})
    void shouldReadFilesWithOddNames(String pattern) throws IOException {
        String first = pattern.formatted("1");
        String last = pattern.formatted("2");
        Captures captures = MOUNTED.captures().segment(first, 20).segment(last, 20);
        byte[] expected = RollingSource.of(captures.paths()).bytes();

        assertThat(MOUNTED.list()).containsExactly(first, last);
        Pieces.assertSequential(MOUNTED.view(first + ".." + last), expected, 4096);
        MOUNTED.end(last.replace('\n', '?'));
        Pieces.assertSequential(MOUNTED.view(first), expected, 4096);
        assertThat(Files.readString(MOUNTED.view(".last")))
                .isEqualTo(last.replace('\n', '?') + "\n");
        assertThat(MOUNTED.mount().log().lines())
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT.*"));
    }

    @Test
    void shouldReadFilesWithTheLongestNames() throws IOException {
        String name = "n".repeat(253);
        Captures captures = MOUNTED.captures().segment(name + ".1", 20).segment(name + ".2", 20);
        byte[] expected = RollingSource.of(captures.paths()).bytes();

        assertThat(MOUNTED.list()).containsExactly(name + ".1", name + ".2");
        Pieces.assertSequential(MOUNTED.view(name + ".1.." + name + ".2"), expected, 4096);
        MOUNTED.end(name + ".2");
        Pieces.assertSequential(MOUNTED.view(name + ".1"), expected, 4096);
    }

    @Test
    void shouldSayThatANameWhichIsNotUtf8IsLeftOut() throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 20).segment("f.3", 20);
        byte[] expected = RollingSource.of(captures.paths()).bytes();
        Tool.shell("cd '" + MOUNTED.source() + "' && cp f.1 $'f\\xe9.1' && cp f.1 $'f.2\\xff'")
                .assertQuiet();

        assertThat(MOUNTED.list()).containsExactly("f.1", "f.3");
        Pieces.assertSequential(MOUNTED.view("f.1..f.3"), expected, 4096);
        assertThat(MOUNTED.mount().log()).contains("its name is not UTF-8");
        Tool.Result opened =
                Tool.shell("cd '" + MOUNTED.view() + "' && cat $'f\\xe9.1' && echo there");
        assertThat(opened.errors()).contains("No such file");
    }

    @Test
    void shouldEndWithAWholeRecordWhereAFileShrinksWhileItIsRead() throws IOException {
        Captures captures =
                MOUNTED.captures().segment("f.1", 100).segment("f.2", 500).segment("f.3", 100);
        long first = Files.size(MOUNTED.source("f.1"));
        try (FileChannel range = FileChannel.open(MOUNTED.view("f.1..f.3"))) {
            byte[] some = new byte[1000];
            range.read(java.nio.ByteBuffer.wrap(some));
            try (FileChannel cut =
                    FileChannel.open(MOUNTED.source("f.2"), StandardOpenOption.WRITE)) {
                cut.truncate(cut.size() / 2);
            }
            long size = range.size();
            java.io.ByteArrayOutputStream got = new java.io.ByteArrayOutputStream();
            got.writeBytes(some);
            java.nio.ByteBuffer piece = java.nio.ByteBuffer.allocate(4096);
            while (range.read(piece) >= 0) {
                got.write(piece.array(), 0, piece.position());
                piece.clear();
            }
            assertThat((long) got.size()).isBetween(first, size);
            Path copy = MOUNTED.source("copy");
            Files.write(copy, got.toByteArray());
            Tool.run("tcpdump", "-n", "-w", "/dev/null", "-r", copy.toString()).assertWhole();
        }
        assertThat(MOUNTED.mount().log()).contains("gap: f.2");
        assertThat(captures.paths()).hasSize(3);
    }

    @ParameterizedTest(name = "a captured length of {0}")
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 0x7fffffff, 262_145, 100_000})
    void shouldDropTheRestBehindASenselessLength(int length) throws IOException {
        java.nio.ByteBuffer header =
                java.nio.ByteBuffer.allocate(40).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        header.putInt(1_700_000_000).putInt(1).putInt(length).putInt(length);
        Captures captures =
                MOUNTED.captures()
                        .segment("f.1", 20)
                        .garbled("f.2", 20, header.array())
                        .segment("f.3", 20);
        long whole = Files.size(MOUNTED.source("f.2")) - 40;
        RollingSource source = RollingSource.of(captures.paths());
        MOUNTED.end("f.3");
        for (String path : List.of("f.1..f.3", "f.1")) {
            Pieces.assertSequential(MOUNTED.view(path), source.bytes(), 4096);
        }
        assertThat(MOUNTED.mount().log().lines())
                .anyMatch(
                        line ->
                                line.contains("f.2:")
                                        && line.contains("offset " + whole)
                                        && line.contains("40 bytes"));
    }
}
