package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fusedpcap.testkit.LiveWriter;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are followed while they are written. */
class FollowLiveIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final long SEED = 20_261_122;

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldHandOutWholeRecordsOnlyWhereverTheWriterCutsThem(String level) throws IOException {
        byte[] whole = recorded(200);
        Path segment = MOUNTED.source("eth0.pcap.1");
        Files.write(segment, Arrays.copyOf(whole, 24));
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);

        try (StreamReader reader = StreamReader.of(MOUNTED.view(level + "eth0.pcap.1"))) {
            for (int at = 24; at < whole.length; ) {
                int end = Math.min(at + 1 + random.nextInt(4000), whole.length);
                Files.write(segment, Arrays.copyOfRange(whole, at, end), StandardOpenOption.APPEND);
                reader.awaitPosition(RollingSource.wholeEnd(segment));
                at = end;
            }
            assertThat(reader.bytes()).isEqualTo(whole);
        }
    }

    /** A capture of so many packets, as bytes. */
    private static byte[] recorded(int packets) throws IOException {
        Path elsewhere = Files.createTempDirectory("fused-pcap-it-");
        try {
            RollingSource source = RollingSource.write(elsewhere, 1, packets);
            Files.delete(elsewhere.resolve(source.first()));
            return source.bytes();
        } finally {
            Files.delete(elsewhere);
        }
    }

    @ParameterizedTest(name = "{0} flushing by {1}")
    @CsvSource({
        "DAEMONLOGGER, BUFFER",
        "GULP,         BLOCK",
        "TCPDUMP_C,    BUFFER",
        "TCPDUMP_G,    PACKET",
        "NETSNIFF_NG,  BLOCK",
        "STENOGRAPHER, BLOCK"
    })
    void shouldReadEveryPacketOnceAndInOrderOverRollOvers(CaptureProgram program, FlushPolicy flush)
            throws IOException {
        WriterSpec spec =
                WriterSpec.of(program)
                        .with(CaptureFormat.PCAP)
                        .with(flush)
                        .with(RollOver.packets(700));
        TrafficSpec traffic = TrafficSpec.ofSeed(SEED);
        try (LiveWriter writer = LiveWriter.start(MOUNTED.source(), spec, traffic, 5000)) {
            List<StreamReader> readers = openAll(firstOf(writer));
            Limits.await("12 roll-overs").until(() -> writer.files().size() > 12);
            writer.stop();
            assertAllOk(readers, writer);
        }
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(
            strings = {
                "order=mtime/",
                "order=packet/",
                "filematch=trace*/",
                "order=packet,keepcache/"
            })
    void shouldReadEveryPacketOnceInTheOrderAskedFor(String level) throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.TCPDUMP_C).with(RollOver.packets(500));
        try (LiveWriter writer =
                LiveWriter.start(MOUNTED.source(), spec, TrafficSpec.ofSeed(SEED), 5000)) {
            List<StreamReader> readers = List.of(MOUNTED.read(level + firstOf(writer)));
            Limits.await("12 roll-overs").until(() -> writer.files().size() > 12);
            writer.stop();
            assertAllOk(readers, writer);
        }
    }

    /** Name of the first segment, once that is there. */
    private static String firstOf(LiveWriter writer) {
        String first = writer.files().get(0).getFileName().toString();
        Limits.await(first).until(() -> Files.exists(MOUNTED.view(first)));
        return first;
    }

    private static void assertAllOk(List<StreamReader> readers, LiveWriter writer)
            throws IOException {
        int length = RollingSource.of(writer.files()).length();
        readers.forEach(reader -> reader.awaitPosition(length));
        MOUNTED.end("*");
        Expectation expectation = Expectation.ofFiles(writer.files());
        assertThat(expectation.packets()).isEqualTo(writer.packets());
        for (StreamReader reader : readers) {
            reader.awaitEnd();
            assertOk(reader, expectation);
        }
    }

    private static List<StreamReader> openAll(String start) throws IOException {
        return List.of(
                MOUNTED.read(start, 4096),
                MOUNTED.read(start, 1 << 20),
                MOUNTED.read(start + "..", 131_073),
                MOUNTED.read("keepcache/" + start, 4096),
                MOUNTED.read("keepcache/" + start, 1 << 17));
    }

    private static void assertOk(StreamReader reader, Expectation expectation) throws IOException {
        Oracle oracle = Oracle.ofReader(expectation);
        oracle.read(0, reader.stream());
        assertThat(oracle.verdict().toString()).startsWith("ok");
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldGoOnWhenTheWriterIsKilledAndStartedAgain(String level) throws IOException {
        WriterSpec spec =
                WriterSpec.of(CaptureProgram.DAEMONLOGGER)
                        .with(FlushPolicy.BUFFER)
                        .with(RollOver.packets(300));
        Traffic traffic = new Traffic(TrafficSpec.ofSeed(SEED));
        List<Path> files = new ArrayList<>();
        StreamReader reader = null;
        for (int run = 0; run < 6; run++) {
            RollingCapture capture = startRun(spec, run, files);
            for (int i = 0; i < 1000; i++) {
                capture.write(traffic);
            }
            if (reader == null) {
                reader = MOUNTED.read(level + files.get(0).getFileName());
            }
            capture.kill();
            reader.awaitPosition(RollingSource.of(files).length());
        }
        assertThat(reader.bytes()).isEqualTo(RollingSource.of(files).bytes());
        MOUNTED.end("*");
        reader.awaitEnd();
        assertOk(reader, Expectation.ofFiles(files));
        assertThat(MOUNTED.mount().log()).contains("torn record");
    }

    // Each run begins a while after the one before, as its names will say.
    private static RollingCapture startRun(WriterSpec spec, int run, List<Path> files)
            throws IOException {
        CaptureClock clock =
                CaptureClock.virtual(CaptureClock.START.plus(Duration.ofMinutes(run)), 10_000_000L);
        return new RollingCapture(MOUNTED.source(), spec, clock, files::add);
    }
}
