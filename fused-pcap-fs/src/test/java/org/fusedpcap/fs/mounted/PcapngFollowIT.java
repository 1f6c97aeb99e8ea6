package org.fusedpcap.fs.mounted;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.fs.mounted.Tool.Result;
import org.fusedpcap.testkit.LiveWriter;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.CaptureFormat.Container;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of pcapng that are followed while they are written, by dumpcap's names. */
class PcapngFollowIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final long SEED = 20_261_122;
    private static final CaptureFormat INTERFACES =
            CaptureFormat.PCAPNG.with(Container.PCAPNG_INTERFACES).with(BIG_ENDIAN).withNanos(true);

    private static WriterSpec writer(CaptureFormat format) {
        return WriterSpec.of(CaptureProgram.DUMPCAP).with(format).with(RollOver.packets(700));
    }

    private static String firstOf(LiveWriter writer) {
        String first = writer.files().get(0).getFileName().toString();
        Limits.await(first).until(() -> Files.exists(MOUNTED.view(first)));
        return first;
    }

    private static void assertSame(StreamReader reader, List<Path> files) throws IOException {
        assertThat(reader.bytes()).isEqualTo(RollingSource.of(files).bytes());
        Oracle oracle = Oracle.ofReader(Expectation.ofFiles(files));
        oracle.read(0, reader.stream());
        assertThat(oracle.verdict().toString()).startsWith("ok");
    }

    @ParameterizedTest(name = "flushed by {0}")
    @EnumSource(FlushPolicy.class)
    void shouldReadEveryBlockOnceAndInOrderOverRollOvers(FlushPolicy flush) throws IOException {
        CaptureFormat format = flush == FlushPolicy.BUFFER ? CaptureFormat.PCAPNG : INTERFACES;
        try (LiveWriter writer =
                LiveWriter.start(
                        MOUNTED.source(),
                        writer(format).with(flush),
                        TrafficSpec.ofSeed(SEED),
                        5000)) {
            String first = firstOf(writer);
            List<StreamReader> readers =
                    List.of(
                            MOUNTED.read(first, 4096),
                            MOUNTED.read(first + "..", 131_073),
                            MOUNTED.read("keepcache/" + first, 4096),
                            MOUNTED.read("keepcache/" + first, 1 << 17),
                            MOUNTED.read("order=packet/" + first, 1 << 20));
            Limits.await("8 roll-overs").until(() -> writer.files().size() > 8);
            writer.stop();
            int length = RollingSource.of(writer.files()).length();
            readers.forEach(reader -> reader.awaitPosition(length));
            MOUNTED.end("*");
            for (StreamReader reader : readers) {
                reader.awaitEnd();
                assertSame(reader, writer.files());
            }
        }
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldGoOnWhenTheWriterIsKilledInTheMiddleOfABlock(String level) throws IOException {
        Traffic traffic = new Traffic(TrafficSpec.ofSeed(SEED));
        List<Path> files = new ArrayList<>();
        StreamReader reader = null;
        for (int run = 0; run < 6; run++) {
            RollingCapture capture = startRun(run, files);
            for (int i = 0; i < 500; i++) {
                capture.write(traffic);
            }
            if (reader == null) {
                reader = MOUNTED.read(level + files.get(0).getFileName());
            }
            capture.kill();
            reader.awaitPosition(RollingSource.of(files).length());
        }
        MOUNTED.end("*");
        reader.awaitEnd();
        assertSame(reader, files);
        assertThat(MOUNTED.mount().log()).contains("torn record");
    }

    // Each run begins a while after the one before, as its names will say.
    private static RollingCapture startRun(int run, List<Path> files) throws IOException {
        CaptureClock clock =
                CaptureClock.virtual(CaptureClock.START.plus(Duration.ofMinutes(run)), 10_000_000L);
        return new RollingCapture(
                MOUNTED.source(), writer(INTERFACES).with(FlushPolicy.BUFFER), clock, files::add);
    }

    @ParameterizedTest(name = "{0} {1}START")
    @CsvSource({
        "tcpdump, ''",
        "tcpdump, keepcache/",
        "tshark, ''",
        "tshark, keepcache/",
    })
    void shouldBeFollowedByTools(String tool, String level) throws IOException {
        try (LiveWriter writer =
                LiveWriter.start(
                        MOUNTED.source(),
                        writer(INTERFACES).with(FlushPolicy.BUFFER),
                        TrafficSpec.ofSeed(SEED),
                        5000)) {
            String stream = MOUNTED.view(level + firstOf(writer)).toString();
            Tool reader =
                    tool.equals("tcpdump")
                            ? MOUNTED.start("tcpdump", "-n", "-q", "-r", stream)
                            : MOUNTED.start(
                                    "tshark",
                                    "-n",
                                    "-r",
                                    stream,
                                    "-T",
                                    "fields",
                                    "-e",
                                    "frame.number");
            Limits.await("4 roll-overs").until(() -> writer.files().size() > 4);
            writer.kill();
            MOUNTED.end(writer.files().get(writer.files().size() - 1).getFileName().toString());

            Result result = reader.await().assertWhole();
            assertThat(result.output().lines())
                    .hasSize((int) Expectation.ofFiles(writer.files()).packets());
        }
    }
}
