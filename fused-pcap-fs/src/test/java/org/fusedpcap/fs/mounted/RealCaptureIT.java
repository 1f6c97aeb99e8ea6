package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Fault;
import org.fusedpcap.testkit.oracle.FaultKind;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real packets on a wire: tcpreplay sends, daemonlogger and tcpdump capture into rolling files, and
 * tcpdump and tshark read those through the mount all the while. Two of the writers are killed with
 * SIGKILL in the middle and started again. It is one run for all tests, because a file a second is
 * as fast as daemonlogger can roll over without writing over its own files.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCaptureIT {

    private static final TrafficSpec TRAFFIC = TrafficSpec.ofSeed(42).with(Profile.PLAIN);

    /** Enough for eleven roll-overs; more are sent, as the last may still be in buffers. */
    private static final int PACKETS = 16_500;

    private static final int TAIL = 300;

    /** Enough for seven files; the killed writers are started again before the other half. */
    private static final int FIRST_HALF = 9_500;

    /** A file in three seconds, so that a machine that stalls for two does no harm. */
    private static final String MEGABITS_PER_SECOND = "2.8";

    private static final int FILE_MEGABYTES = 1;
    private static final int FILE_BYTES = FILE_MEGABYTES * 1_000_000;
    private static final int ROLL_OVERS = 10;
    private static final int FILE_HEADER = 24;

    /** The writers that are not killed. */
    private static final List<String> UNHURT = List.of("daemonlogger", "tcpdump-C");

    private final Map<String, RealWriter> writers = new LinkedHashMap<>();
    private final Map<String, List<RealReader>> readers = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();

    private Scratch scratch;
    private Mount mount;
    private VethPair network;

    @BeforeAll
    void captureAndRead() throws IOException {
        scratch = new Scratch();
        Path packets = scratch.directory("sent");
        List<Path> halves =
                Captures.in(packets)
                        .traffic(TRAFFIC)
                        .segment("first.pcap", FIRST_HALF)
                        .segment("second.pcap", PACKETS + TAIL - FIRST_HALF)
                        .paths();
        network = new VethPair();
        mount = Mount.of(scratch, scratch.directory("src"));
        startWriters();
        startReaders();
        sendFirstHalf(halves.get(0));
        sendSecondHalf(halves.get(1));
        awaitCaptured(scratch.directory("enough"));
        for (RealWriter writer : writers.values()) {
            said.add(writer.stop());
        }
        endReaders();
    }

    private void startWriters() throws IOException {
        Path source = mount.source();
        writers.put(
                "daemonlogger",
                RealWriter.daemonlogger(network, source.resolve("daemonlogger"), FILE_BYTES));
        writers.put(
                "tcpdump-C",
                RealWriter.tcpdumpBySize(network, source.resolve("tcpdump-C"), FILE_MEGABYTES));
        writers.put(
                "daemonlogger-killed",
                RealWriter.daemonlogger(
                        network, source.resolve("daemonlogger-killed"), FILE_BYTES));
        writers.put(
                "tcpdump-G-killed",
                RealWriter.tcpdumpByTime(network, source.resolve("tcpdump-G-killed"), 1));
    }

    private void startReaders() throws IOException {
        for (Map.Entry<String, RealWriter> writer : writers.entrySet()) {
            String name = writer.getKey();
            Limits.await("first file").until(() -> !writer.getValue().files().isEmpty());
            String start = name + "/" + writer.getValue().files().get(0).getFileName();
            Path copies = scratch.directory("copies");
            readers.put(
                    name,
                    List.of(
                            RealReader.tcpdump(mount, start, copies.resolve(name + ".tcpdump")),
                            RealReader.tshark(
                                    mount, start + "..", copies.resolve(name + ".tshark"))));
        }
    }

    private void sendFirstHalf(Path packets) throws IOException {
        try (Tool replay = replay(packets)) {
            Limits.await("some files")
                    .until(() -> writers.get("daemonlogger-killed").files().size() > 5);
            // They read while it is captured, not afterwards.
            readers.values()
                    .forEach(both -> both.forEach(reader -> reader.awaitBehind(3L * FILE_BYTES)));
            writers.get("daemonlogger-killed").crash();
            writers.get("tcpdump-G-killed").crash();
            assertThat(replay.await().status()).isZero();
        }
    }

    private void sendSecondHalf(Path packets) throws IOException {
        try (Tool replay = replay(packets)) {
            assertThat(replay.await().status()).isZero();
        }
    }

    private Tool replay(Path packets) throws IOException {
        return Tool.start(
                network.inside(
                        "tcpreplay",
                        "-q",
                        "-i",
                        VethPair.SENDING,
                        "--mbps=" + MEGABITS_PER_SECOND,
                        packets.toString()));
    }

    /** How long packets take from the wire to a busy capture program, nobody knows. */
    private void awaitCaptured(Path directory) throws IOException {
        List<Path> enough =
                Captures.in(directory).traffic(TRAFFIC).segment("enough.pcap", PACKETS).paths();
        long bytes = recordBytes(enough);
        for (String name : UNHURT) {
            Limits.await(name + " has captured all but the last packets")
                    .until(() -> recordBytes(writers.get(name).files()) >= bytes);
        }
    }

    private static long recordBytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Math.max(0, Files.size(file) - FILE_HEADER);
        }
        return bytes;
    }

    private void endReaders() throws IOException {
        for (Map.Entry<String, RealWriter> writer : writers.entrySet()) {
            List<RealReader> both = readers.get(writer.getKey());
            int length = RollingSource.of(writer.getValue().files()).length();
            both.forEach(reader -> reader.awaitBlockedAt(length));
            Files.writeString(
                    mount.path(writer.getKey()).resolve(".end"), "*\n", StandardCharsets.UTF_8);
            both.forEach(RealReader::awaitEnd);
        }
    }

    @AfterAll
    void removeAll() throws IOException {
        for (List<RealReader> both : readers.values()) {
            for (RealReader reader : both) {
                reader.close();
            }
        }
        for (RealWriter writer : writers.values()) {
            writer.close();
        }
        mount.close();
        network.close();
        scratch.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"daemonlogger", "tcpdump-C", "daemonlogger-killed", "tcpdump-G-killed"})
    void shouldReadOnceAndInOrderWhatTheWriterHasWritten(String name) throws IOException {
        List<Path> files = writers.get(name).files();
        System.out.println(name + ": " + files.size() + " files");
        assertThat(files).hasSizeGreaterThan(ROLL_OVERS);
        Expectation expectation = Expectation.ofFiles(files);
        for (RealReader reader : readers.get(name)) {
            reader.assertRead(expectation);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"daemonlogger", "tcpdump-C"})
    void shouldReadEveryPacketThatWasSent(String name) throws IOException {
        long written = Expectation.ofFiles(writers.get(name).files()).packets();
        assertThat(written).isBetween((long) PACKETS, (long) PACKETS + TAIL);
        Expectation expectation = Expectation.ofTraffic(TRAFFIC, written);
        for (RealReader reader : readers.get(name)) {
            reader.assertRead(expectation);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"daemonlogger-killed", "tcpdump-G-killed"})
    void shouldMissOnlyWhatTheKilledWriterHasLost(String name) throws IOException {
        for (RealReader reader : readers.get(name)) {
            assertThat(reader.judge(Expectation.ofTraffic(TRAFFIC, PACKETS + TAIL)).faults())
                    .extracting(Fault::kind)
                    .containsOnly(FaultKind.MISSING);
        }
        assertThat(mount.log()).contains("torn record");
    }

    @Test
    void shouldHaveLostNothingInTheKernel() {
        assertThat(said).anyMatch(words -> words.contains("0 packets dropped by kernel"));
    }
}
