package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FusedPcapTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "--nothing",
                "mount",
                "mount /src",
                "mount /src /mnt /more",
                "mount --nothing /src /mnt",
                "mount /src /mnt -o",
                "umount",
                "umount /mnt /more",
                "status /mnt /more"
            })
    void shouldSayInOneLineWhatIsWrongWithTheArguments(String line) {
        assertThat(execute(arguments(line))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("fused-pcap");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "mount --help", "umount --help", "status --help"})
    void shouldHelpOnStandardOutput(String line) {
        assertThat(execute(arguments(line))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Usage: fused-pcap");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldListAllCommands() {
        execute("--help");
        assertThat(out.toString()).contains("mount", "umount", "status", "generate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "mount --version", "umount -V", "status -V"})
    void shouldSayItsVersion(String line) {
        assertThat(execute(arguments(line))).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).singleElement().asString().startsWith("fused-pcap");
    }

    @Test
    void shouldPassOnWhatTheFileSystemSaysOfTheOptions(@TempDir Path folder) {
        String place = folder.toString();
        assertThat(execute("mount", place, place, "-o", "a=1", "-o", "b"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .isEqualTo("fused-pcap mount: wrong: [a=1, b]" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"umount", "umount --force", "umount --lazy", "status"})
    void shouldFailWhereNothingIsMounted(String command, @TempDir Path folder) {
        assertThat(execute(arguments(command + " " + folder))).isEqualTo(ExitCode.MOUNT_FAILED);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .endsWith(folder + ": no capture mount is there");
    }

    @Test
    void shouldPutAnyFaultOfItsOwnIntoOneLine() {
        assertThat(Failure.of("x", new IllegalStateException("a\nb")))
                .isEqualTo(
                        new Failure(
                                ExitCode.INTERNAL,
                                "x: internal error: java.lang.IllegalStateException: a; b"));
    }

    private int execute(String... arguments) {
        CommandLine commands =
                FusedPcap.commandLine(
                        options -> {
                            throw new CommandException(ExitCode.USAGE, "wrong: " + options);
                        });
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(arguments);
    }

    private static String[] arguments(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }
}
