package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fused-pcap status}, on a terminal that script(1) makes and elsewhere. */
class LiveStatusIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final String ESCAPE = "\u001b";
    private static final String ALTERNATE_SCREEN = ESCAPE + "[?1049h";
    private static final String NORMAL_SCREEN = ESCAPE + "[?1049l";
    private static final String GREEN = ESCAPE + "[32m";
    private static final String FULL_BAR = "[####################]";

    /** A terminal that shows the mount; its keys are what is written to a fifo. */
    private record View(Tool tool, Path keys) {

        static View start(String variable) throws IOException {
            Path keys = MOUNTED.source(".keys");
            String status =
                    String.join(" ", BuiltProgram.status(MOUNTED.mount().path().toString()));
            String script =
                    "tty; stty rows 20 cols 150; stty -g; env TERM=xterm-256color %s %s; echo \"status=$?\"; stty -g"
                            .formatted(variable, status);
            Path file = Files.writeString(MOUNTED.source(".view"), script);
            String line =
                    "mkfifo '%1$s'; exec script -q -f -c 'bash %2$s' /dev/null <> '%1$s'"
                            .formatted(keys, file);
            return new View(MOUNTED.start("bash", "-c", line), keys);
        }

        void awaitShown(String text) {
            Limits.await(text + " is shown")
                    .failFast("it has ended", tool::assertRunning)
                    .until(() -> tool.output().contains(text));
        }

        void type(String key) throws IOException {
            Files.writeString(keys, key);
        }

        /** The terminal's device, said before anything else. */
        String terminal() {
            return line(0);
        }

        /** What stty(1) said before the mount was shown. */
        String settings() {
            return line(1);
        }

        private String line(int number) {
            return tool.output().lines().toList().get(number).strip();
        }
    }

    @ParameterizedTest(name = "key {index}")
    @ValueSource(strings = {"q", "\u0003"})
    void shouldShowReadersUntilAKeyEndsItAndLeaveTheTerminalAsItWas(String key) throws IOException {
        int length = RollingSource.of(MOUNTED.captures().segment("f.1", 50).paths()).length();
        MOUNTED.read("f.1").awaitPosition(length);
        View view = View.start("NO_COLOR=");

        view.awaitShown(FULL_BAR);
        view.awaitShown("/s");
        view.type(key);
        String output = view.tool().await().output();

        assertThat(output).contains(ALTERNATE_SCREEN, "/f.1", "java", "live", GREEN, "status=0");
        assertThat(output.substring(output.indexOf(NORMAL_SCREEN))).contains(view.settings());
    }

    @Test
    void shouldFollowWhatHappensAndWhichSizeTheTerminalHas() throws IOException {
        int length = RollingSource.of(MOUNTED.captures().segment("f.1", 50).paths()).length();
        View view = View.start("NO_COLOR=1");
        view.awaitShown("0 open");

        MOUNTED.read("f.1").awaitPosition(length);
        view.awaitShown(FULL_BAR);
        long before = view.tool().output().length();
        Tool.shell("stty rows 10 cols 70 < " + view.terminal()).assertQuiet();
        Limits.await("drawn anew").until(() -> view.tool().output().length() > before + 100);
        view.type("q");

        assertThat(view.tool().await().output()).contains("status=0").doesNotContain(GREEN);
    }

    @Test
    void shouldPrintOnceElsewhere() throws IOException {
        int length = RollingSource.of(MOUNTED.captures().segment("f.1", 5).paths()).length();
        MOUNTED.read("f.1").awaitPosition(length);
        String mountPoint = MOUNTED.mount().path().toString();
        for (List<String> arguments : List.of(List.of(mountPoint), List.of("--once", mountPoint))) {
            List<String> command = BuiltProgram.status(arguments.toArray(String[]::new));
            Tool.Result result = Tool.run(command.toArray(String[]::new));
            assertThat(result.assertQuiet().output())
                    .startsWith("fused-pcap")
                    .contains(mountPoint, "/f.1", "since the mount")
                    .doesNotContain(ESCAPE);
        }
        // What else is mounted on this machine may answer or not.
        List<String> all = BuiltProgram.status();
        assertThat(Tool.run(all.toArray(String[]::new)).output()).contains(" " + mountPoint + "\n");
    }
}
