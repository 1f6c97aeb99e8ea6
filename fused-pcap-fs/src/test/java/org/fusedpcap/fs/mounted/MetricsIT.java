package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.fs.status.MetricsFormat;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code .metrics} says, and that Prometheus understands it. */
class MetricsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final int ROUNDS = 20;

    private static MetricsFormat metrics() {
        return new StatusFiles(MOUNTED.mount()).metrics();
    }

    @Test
    void shouldCountWhatReadersGot() throws IOException {
        MetricsFormat before = metrics();
        Captures captures = MOUNTED.captures().segment("f.1", 40).segment("f.2", 60);
        RollingSource source = RollingSource.of(captures.paths());
        Tool.run("cat", MOUNTED.view(source.range()).toString());
        MOUNTED.read("f.1").awaitPosition(source.length());
        Limits.await("the range is closed")
                .until(() -> metrics().value("open_streams", "kind=range") == 0);

        MetricsFormat after = metrics();
        for (String kind : new String[] {"kind=range", "kind=follow"}) {
            assertThat(grown(before, after, "streams_opened_total", kind)).isEqualTo(1);
            assertThat(grown(before, after, "delivered_bytes_total", kind))
                    .isEqualTo(source.length());
            assertThat(grown(before, after, "delivered_packets_total", kind)).isEqualTo(100);
        }
        assertThat(after.value("open_streams", "kind=follow")).isEqualTo(1);
        assertThat(after.value("stream_lag_bytes")).isZero();
    }

    private static double grown(
            MetricsFormat before, MetricsFormat after, String name, String kind) {
        return after.value(name, kind) - before.value(name, kind);
    }

    @Test
    void shouldNeverCountBackwards() throws IOException {
        MOUNTED.captures().segment("f.1", 2000);
        Path range = MOUNTED.view("f.1..f.1");
        MetricsFormat before = metrics();
        for (int round = 0; round < ROUNDS; round++) {
            try (Tool reader = Tool.start("cat", range.toString())) {
                do {
                    MetricsFormat now = metrics();
                    for (String name : now.names()) {
                        if (name.startsWith("fused_pcap_delivered")) {
                            assertNotLess(now, before, name.substring("fused_pcap_".length()));
                        }
                    }
                    before = now;
                } while (reader.isRunning());
                reader.await();
            }
        }
    }

    private static void assertNotLess(MetricsFormat now, MetricsFormat before, String name) {
        assertThat(now.value(name, "kind=range"))
                .as(name)
                .isGreaterThanOrEqualTo(before.value(name, "kind=range"));
    }

    @Test
    void shouldSurviveNamesThatAreNoLabels() throws IOException {
        String odd = "a \"b\"\n\\{x=1} ü.1";
        int length = RollingSource.of(MOUNTED.captures().segment(odd, 5).paths()).length();
        MOUNTED.read(odd).awaitPosition(length);

        String path = "path=/" + MOUNTED.source().getFileName() + "/" + odd;
        assertThat(metrics().value("stream_readers", path)).isEqualTo(1);
    }

    @Test
    void shouldPleasePromtoolWhereItIsInstalled() throws IOException {
        int length = RollingSource.of(MOUNTED.captures().segment("f.1", 5).paths()).length();
        MOUNTED.read("f.1").awaitPosition(length);
        MOUNTED.start("cat", MOUNTED.view("clustersize=2/f.1").toString());
        Limits.await("a member").until(() -> metrics().value("open_streams", "kind=member") == 1);
        if (Files.isExecutable(PROMTOOL)) {
            Path metrics = MOUNTED.mount().path(".metrics");
            Tool.Result checked = Tool.shell(PROMTOOL + " check metrics < '" + metrics + "'");
            assertThat(checked.assertQuiet().output()).isEmpty();
        } else {
            System.out.println("promtool is not installed; its rules were checked all the same");
        }
    }
}
