package org.fusedpcap.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveWriterTest {

    private static final WriterSpec SPEC =
            WriterSpec.of(CaptureProgram.TCPDUMP_C).with(RollOver.packets(100));

    @TempDir Path directory;

    private LiveWriter start(WriterSpec spec, double rate) throws IOException {
        return LiveWriter.start(directory, spec, TrafficSpec.ofSeed(1), rate);
    }

    @Test
    void shouldWriteUntilItIsStopped() throws IOException {
        try (LiveWriter writer = start(SPEC, 5000)) {
            await().atMost(1, TimeUnit.MINUTES).until(() -> writer.packets() > 250);
            writer.stop();
            assertThat(Expectation.ofFiles(writer.files()).packets()).isEqualTo(writer.packets());
            assertThat(writer.files()).startsWith(directory.resolve("trace.pcap"));
        }
    }

    @Test
    void shouldLoseWhatWaitsWhenItIsKilled() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.DAEMONLOGGER);
        try (LiveWriter writer = start(spec, 0)) {
            await().atMost(1, TimeUnit.MINUTES).until(() -> writer.packets() > 1000);
            writer.kill();
            assertThat(Files.size(writer.files().get(0)) % 4096).isZero();
        }
    }

    @Test
    void shouldBeSeenAtOnceWhenItFlushesEachPacket() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.DAEMONLOGGER).with(FlushPolicy.PACKET);
        try (LiveWriter writer = start(spec, 10)) {
            await().atMost(1, TimeUnit.MINUTES).until(() -> writer.packets() > 0);
            assertThat(Files.size(writer.files().get(0))).isGreaterThan(24);
        }
    }

    @Test
    void shouldForgetAFileThatIsUsedAgain() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.TCPDUMP_CW).withRing(3);
        try (LiveWriter writer = start(spec.with(RollOver.packets(10)), 0)) {
            await().atMost(1, TimeUnit.MINUTES).until(() -> writer.packets() > 100);
            writer.stop();
            assertThat(writer.files()).hasSize(3);
            assertThat(Expectation.ofFiles(writer.files()).packets()).isBetween(21L, 30L);
        }
    }
}
