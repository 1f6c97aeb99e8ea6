package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;

/**
 * Whether idle processors are kept awake while a reader catches up; where that can be asked for.
 */
class IdlePollingIT {

    private static final Path DEVICE = Path.of("/dev/cpu_dma_latency");

    private static boolean isAsked(Mount mount) {
        String open = "ls -l /proc/" + mount.process().pid() + "/fd";
        try {
            return Tool.shell(open).output().contains(DEVICE.toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(10));
    }

    /** Reads a file again and again, a little at a time. */
    private static Tool reader(Mount mount) throws IOException {
        String read = "dd if='%s' of=/dev/null bs=512 count=4000 status=none";
        String line = read.formatted(mount.path().resolve("f.1"));
        return Tool.start(List.of("bash", "-c", "while " + line + "; do :; done"));
    }

    private static Mount mount(Scratch scratch, String options) throws IOException {
        Path source = scratch.directory("src");
        Captures.in(source).segment("f.1", 10_000);
        assertThat(Files.size(source.resolve("f.1"))).isGreaterThan(4000 * 512);
        return Mount.of(scratch, source, options);
    }

    @Test
    void shouldKeepProcessorsAwakeAsLongAsAReaderCatchesUp() throws IOException {
        try (Scratch scratch = new Scratch();
                Mount mount = mount(scratch, "idle=poll")) {
            try (Tool reader = reader(mount)) {
                assumeTrue(Files.isWritable(DEVICE), DEVICE + " is not ours to write");
                await().until(() -> isAsked(mount));
                assertThat(reader.isRunning()).isTrue();
            }
            await().until(() -> !isAsked(mount));
        }
    }

    @Test
    void shouldLetProcessorsSleepWhenToldTo() throws IOException {
        try (Scratch scratch = new Scratch();
                Mount mount = mount(scratch, "idle=halt");
                Tool reader = reader(mount)) {
            await().during(Duration.ofMillis(500)).until(() -> !isAsked(mount));
            assertThat(reader.isRunning()).isTrue();
        }
    }
}
