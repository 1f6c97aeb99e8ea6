package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where to stop: {@code .end} and {@code .end.PID}, and what they leave behind. */
class EndFilesIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final long SELF = ProcessHandle.current().pid();

    @ParameterizedTest(name = "{0} written before the open of {1}")
    @CsvSource({
        "f.2, f.1, f.2, f.3",
        "f.?, f.1, f.1, f.2",
        "*, f.2, f.2, f.3",
        "*3, f.1.., f.3, f.4",
        "f.4, keepcache/f.1, f.4, ''"
    })
    void shouldEndBehindTheFirstMatchAndSayWhere(
            String pattern, String path, String last, String next) throws IOException {
        RollingSource source = fourSegments();
        MOUNTED.end(pattern);

        byte[] got = MOUNTED.read(path).awaitEnd();

        String start = path.substring(path.indexOf("f."), path.indexOf("f.") + 3);
        List<String> read =
                source.names()
                        .subList(source.names().indexOf(start), source.names().indexOf(last) + 1);
        assertThat(got).isEqualTo(RollingSource.of(paths(read)).bytes());
        assertThat(Files.readString(MOUNTED.view(".last"))).isEqualTo(last + "\n");
        assertThat(Files.readString(MOUNTED.view(".next")))
                .isEqualTo(next.isEmpty() ? "" : next + "\n");
    }

    private static RollingSource fourSegments() throws IOException {
        Captures captures = MOUNTED.captures();
        for (int i = 1; i <= 4; i++) {
            captures.segment("f." + i, 30);
        }
        return RollingSource.of(captures.paths());
    }

    private static List<Path> paths(List<String> names) {
        return names.stream().map(MOUNTED::source).toList();
    }

    @Test
    void shouldHearOfAnEndLongAfterTheOpen() throws IOException {
        RollingSource source = fourSegments();
        StreamReader reader = MOUNTED.read("f.1");
        reader.awaitPosition(source.length());
        Files.writeString(MOUNTED.view(".end"), "no-such-file\n");
        MOUNTED.captures().segment("f.5", 10);
        reader.awaitPosition(
                RollingSource.of(paths(List.of("f.1", "f.2", "f.3", "f.4", "f.5"))).length());
        assertThat(reader.isEnded()).isFalse();

        MOUNTED.end("f.*");

        reader.awaitEnd();
    }

    @Test
    void shouldLetOnlyTheProcessEndThatIsNamed() throws IOException {
        RollingSource source = fourSegments();
        StreamReader mine = MOUNTED.read("f.1");
        Tool others = MOUNTED.start("cat", MOUNTED.view("f.1").toString());
        mine.awaitPosition(source.length());
        Files.writeString(MOUNTED.view(".end." + SELF), "*\n");

        assertThat(mine.awaitEnd()).isEqualTo(source.bytes());
        assertThat(Files.readString(MOUNTED.view(".last." + SELF))).isEqualTo("f.4\n");
        assertThat(Files.readString(MOUNTED.view(".next." + SELF))).isEmpty();
        assertThat(Files.exists(MOUNTED.view(".last"))).isFalse();
        assertThat(others.isRunning()).isTrue();

        MOUNTED.end("*");
        others.await().assertQuiet();
        assertThat(Files.readAllBytes(others.outputFile())).isEqualTo(source.bytes());
    }

    @Test
    void shouldPreferTheEndOfTheProcess() throws IOException {
        RollingSource source = fourSegments();
        MOUNTED.end("f.1");
        Files.writeString(MOUNTED.view(".end." + SELF), "f.3\n");

        assertThat(MOUNTED.read("f.1").awaitEnd())
                .isEqualTo(RollingSource.of(paths(source.names().subList(0, 3))).bytes());
    }

    @Test
    void shouldTakeTheEndOfAReaderThatInheritedTheHandle() throws IOException {
        RollingSource source = fourSegments();
        // The shell opens, its child reads and has the end.
        Tool shell =
                MOUNTED.start(
                        "bash",
                        "-c",
                        "exec 3<'%s'; (echo 'f.2' > '%s'.$BASHPID; exec cat <&3); echo >&2"
                                .formatted(MOUNTED.view("f.1"), MOUNTED.view(".end")));

        assertThat(shell.await().status()).isZero();
        assertThat(Files.readAllBytes(shell.outputFile()))
                .isEqualTo(RollingSource.of(paths(source.names().subList(0, 2))).bytes());
    }

    @ParameterizedTest(name = "by {0}")
    @ValueSource(strings = {"echo >", "rm", "printf '' | cat >>", "printf '  \\n' >"})
    void shouldTakeAnEndBack(String command) throws IOException {
        RollingSource source = fourSegments();
        MOUNTED.end("f.2");
        String after = command.contains("cat") ? "; rm '" + MOUNTED.view(".end") + "'" : "";

        Tool.shell(command + " '" + MOUNTED.view(".end") + "'" + after).assertQuiet();

        StreamReader reader = MOUNTED.read("f.1");
        reader.awaitPosition(source.length());
        MOUNTED.end("*");
        reader.awaitEnd();
    }

    @Test
    void shouldShowWhatWasWritten() throws IOException {
        fourSegments();
        assertThat(MOUNTED.list()).containsExactly("f.1", "f.2", "f.3", "f.4");

        Tool.shell("echo 'f.*' > '" + MOUNTED.view(".end") + "'").assertQuiet();
        Tool.shell("printf 'f.2' > '" + MOUNTED.view(".end.12345") + "'").assertQuiet();

        assertThat(Files.readString(MOUNTED.view(".end"))).isEqualTo("f.*\n");
        assertThat(Files.readString(MOUNTED.view(".end.12345"))).isEqualTo("f.2\n");
        assertThat(MOUNTED.list())
                .containsExactly(".end", ".end.12345", "f.1", "f.2", "f.3", "f.4");
        Files.delete(MOUNTED.view(".end"));
        Files.delete(MOUNTED.view(".end.12345"));
        assertThat(MOUNTED.list()).containsExactly("f.1", "f.2", "f.3", "f.4");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a/b", "..", "two\nlines", "not\0a name"})
    void shouldRefuseAPatternThatIsNoName(String pattern) {
        assertThat(Errno.of(() -> Files.writeString(MOUNTED.view(".end"), pattern)))
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void shouldRefuseAPatternThatIsTooLong() {
        assertThat(Errno.of(() -> Files.writeString(MOUNTED.view(".end"), "x".repeat(256))))
                .isEqualTo(Errno.EINVAL);
        byte[] latin = "f\u00fcr".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Errno.of(() -> Files.write(MOUNTED.view(".end"), latin)))
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void shouldHoldInTheDirectoryThatTheyAreIn() throws IOException {
        Path below = Files.createDirectory(MOUNTED.source("below"));
        Captures captures = Captures.in(below).segment("f.1", 10).segment("f.2", 10);
        MOUNTED.end("f.1");
        Files.writeString(MOUNTED.view("below/.end"), "f.2\n");

        assertThat(MOUNTED.read("below/f.1").awaitEnd())
                .isEqualTo(RollingSource.of(captures.paths()).bytes());
        assertThat(Files.readString(MOUNTED.view("below/.last"))).isEqualTo("f.2\n");
        assertThat(Files.exists(MOUNTED.view(".last"))).isFalse();
    }
}
