package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.fusedpcap.fs.cli.MountRequest.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountDaemonTest {

    @Test
    void shouldUnderstandTheLauncher() throws Exception {
        List<String> arguments = List.of("-o", "a=1,b", "--verbose", "-o", "-f", "/src", "/mnt");
        assertThat(MountDaemon.request(arguments))
                .isEqualTo(
                        new MountRequest(
                                "/src", "/mnt", List.of("a=1,b", "-f"), Set.of(Mode.VERBOSE)));
    }

    @Test
    void shouldKnowAllModes() throws Exception {
        List<String> arguments = List.of("--fake", "--foreground", "--verbose", "/src", "/mnt");
        assertThat(MountDaemon.request(arguments).modes()).containsExactlyInAnyOrder(Mode.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/src", "--what /src /mnt", "/a /b /c", "-o /src /mnt"})
    void shouldRefuseWhatTheLauncherDoesNotSay(String line) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> MountDaemon.request(arguments))
                .matches(e -> e.exitCode() == ExitCode.INTERNAL);
    }

    @Test
    void shouldBeFoundByTheMountPointItServes() {
        List<String> daemon =
                List.of("java", "-cp", "x.jar", MountDaemon.class.getName(), "/src", "/mnt");
        assertThat(Daemons.serves(daemon, "/mnt")).isTrue();
        assertThat(Daemons.serves(daemon, "/src")).isFalse();
        assertThat(Daemons.serves(List.of("vi", MountDaemon.class.getName()), "/mnt")).isFalse();
        assertThat(Daemons.serves(List.of("ls", "/mnt"), "/mnt")).isFalse();
        assertThat(Daemons.serves(List.of(), "/mnt")).isFalse();
    }
}
