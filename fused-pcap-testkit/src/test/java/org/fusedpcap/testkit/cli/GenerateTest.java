package org.fusedpcap.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateTest {

    @TempDir Path directory;

    private CommandRun generate(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(directory.toString());
        return CommandRun.of(new Generate(), all);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void shouldSayWhatItWrote() throws IOException {
        CommandRun run = generate("--files", "3", "--file-packets", "100");
        assertThat(run.status()).isZero();
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertThat(run.out()).isEqualTo("wrote 300 packets, " + bytes + " bytes, 3 files\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void shouldFillFilesToTheirSize() throws IOException {
        generate("--files", "2", "--file-size", "100K", "--frame-size", "1000");
        assertThat(files()).hasSize(2);
        for (Path file : files()) {
            assertThat(Files.size(file)).isBetween(100L << 10, (100L << 10) + 2000);
        }
    }

    @Test
    void shouldOpenNoFileBehindTheLastOne() throws IOException {
        generate("--files", "2", "--file-packets", "10", "--writer", "dumpcap");
        assertThat(files()).hasSize(2);
    }

    @Test
    void shouldBeJudgedRight() {
        generate("--packets", "3000", "--file-packets", "700", "--seed", "9");
        String source = directory.toString();
        assertThat(judge("--source", source, "--members", "--mode", "0").err())
                .contains("Missing required parameter");
        List<String> each = new ArrayList<>(List.of("--source", source, "--members"));
        each.addAll(paths());
        CommandRun run = CommandRun.of(new Judge(), each);
        assertThat(run.out()).startsWith("NOT OK: 3000 of 3000 packets, 5 segments: ");
        assertThat(run.status()).isEqualTo(1);
    }

    private List<String> paths() {
        try {
            return files().stream().map(Path::toString).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CommandRun judge(String... arguments) {
        return CommandRun.of(new Judge(), List.of(arguments));
    }

    @Test
    void shouldBeTheSameAsTheSeedSays() throws IOException {
        generate("--packets", "500", "--seed", "9", "--profile", "vlan", "--nanos");
        String file = files().get(0).toString();
        String[] right = {"--packets", "500", "--seed", "9", "--profile", "vlan", file};
        assertThat(judge(right).out()).isEqualTo("ok: 500 of 500 packets, 1 segment\n");
        String[] wrong = {"--packets", "500", "--seed", "8", "--profile", "vlan", file};
        assertThat(judge(wrong).out()).startsWith("NOT OK");
        assertThat(judge("--source", file, file, file).out())
                .isEqualTo(
                        file
                                + ": ok: 500 of 500 packets, 1 segment\n"
                                + file
                                + ": ok: 500 of 500 packets, 1 segment\n");
    }

    @Test
    void shouldLeaveATornEnd() throws IOException {
        generate("--packets", "50", "--torn", "3");
        String file = files().get(0).toString();
        assertThat(judge("--packets", "50", file).out())
                .contains("1 torn (half a record at byte")
                .contains("1 missing (packet 49 in seed 1)");
    }

    @Test
    void shouldKeepToItsRate() throws IOException {
        CommandRun run = generate("--live", "--rate", "2000pps", "--duration", "250ms");
        assertThat(run.out()).startsWith("wrote ");
        long packets = Long.parseLong(run.out().split(" ")[1]);
        assertThat(packets).isBetween(1L, 501L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--packets x|Invalid value for option '--packets': 'x' is not a long",
                "--rate fast|'fast' is no rate such as 5000pps, 20kpps or 100mbit",
                "--file-size 10Q|'10Q' is no size such as 64K, 100M or 2G",
                "--duration soon|'soon' is no time such as 500ms, 30s or 5m",
                "--profile foo|no profile foo; there are errors, fragments, junk,",
                "--frame-size 0|a frame has 1 to 65000 bytes, not 0",
                "--frame-size foo|'foo' is neither imix, mix nor a length",
                "--writer foo|'foo' is none of daemonlogger, gulp, tcpdump-C,",
                "--conversations 0 --packets 1|1 to 1000000 conversations, not 0",
                "--ring -1 --packets 1|a ring has 0 or more files, not -1",
                "--files 2 --nonsense|Unknown option",
                "--seed 1|say how much: --packets, --files or --duration (or --live)"
            })
    void shouldSayInOneLineWhatIsWrong(String arguments, String message) {
        CommandRun run = generate(arguments.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("generate: ").contains(message).hasLineCount(1);
    }

    @Test
    void shouldSayInOneLineWhatCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        CommandRun run = CommandRun.of(new Generate(), List.of("--packets", "1", file + "/below"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("generate: " + file).hasLineCount(1);
    }

    @Test
    void shouldExplainItself() {
        CommandRun run = CommandRun.of(new Generate(), List.of("--help"));
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: generate").contains("Exit status:", "Examples:");
    }
}
