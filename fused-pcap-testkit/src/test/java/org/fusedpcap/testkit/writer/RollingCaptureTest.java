package org.fusedpcap.testkit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.traffic.FrameSource;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollingCaptureTest {

    private static final long TENTH = 100_000_000L;

    @TempDir Path directory;

    private final List<Path> opened = new ArrayList<>();
    private final Traffic traffic = new Traffic(TrafficSpec.ofSeed(1));

    private RollingCapture capture(WriterSpec spec) throws IOException {
        CaptureClock clock = CaptureClock.virtual(CaptureClock.START, TENTH);
        return new RollingCapture(directory, spec, clock, opened::add);
    }

    private void write(WriterSpec spec, int packets) throws IOException {
        try (RollingCapture capture = capture(spec)) {
            write(capture, traffic, packets);
        }
    }

    private static void write(RollingCapture capture, FrameSource source, int packets)
            throws IOException {
        for (int i = 0; i < packets; i++) {
            capture.write(source);
        }
    }

    private List<String> names() {
        return opened.stream().map(path -> path.getFileName().toString()).toList();
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static FrameSource frames(int length) {
        return (out, offset) -> {
            Arrays.fill(out, offset, offset + length, (byte) 7);
            return length;
        };
    }

    @Test
    void shouldNameFilesAsDaemonloggerDoes() throws IOException {
        write(WriterSpec.of(CaptureProgram.DAEMONLOGGER).with(RollOver.packets(100)), 300);
        assertThat(names())
                .containsExactly(
                        "eth0.pcap.1795342272", "eth0.pcap.1795342282", "eth0.pcap.1795342292");
    }

    @Test
    void shouldNameFilesAsTcpdumpDoesBySize() throws IOException {
        write(WriterSpec.of(CaptureProgram.TCPDUMP_C).with(RollOver.packets(1)), 12);
        assertThat(names())
                .startsWith("trace.pcap", "trace.pcap1", "trace.pcap2")
                .endsWith("trace.pcap10", "trace.pcap11");
    }

    @Test
    void shouldNameFilesAsTcpdumpDoesByTime() throws IOException {
        write(WriterSpec.of(CaptureProgram.TCPDUMP_G).with(RollOver.seconds(60)), 1201);
        assertThat(names())
                .containsExactly(
                        "trace-2026-11-22_10.11.12.pcap",
                        "trace-2026-11-22_10.12.12.pcap",
                        "trace-2026-11-22_10.13.12.pcap");
    }

    @Test
    void shouldNameFilesAsDumpcapDoes() throws IOException {
        write(WriterSpec.of(CaptureProgram.DUMPCAP).with(RollOver.packets(100)), 200);
        assertThat(names())
                .containsExactly(
                        "trace_00001_20261122101112.pcapng", "trace_00002_20261122101122.pcapng");
    }

    @Test
    void shouldNameFilesAsNetsniffDoes() throws IOException {
        write(WriterSpec.of(CaptureProgram.NETSNIFF_NG).with(RollOver.packets(100)), 200);
        assertThat(names()).containsExactly("dump-1795342272.pcap", "dump-1795342282.pcap");
    }

    @Test
    void shouldUseTheNumbersOfARingAgainAsNetsniffDoes() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.NETSNIFF_NG).withRing(2);
        write(spec.with(RollOver.packets(1)), 3);
        assertThat(names())
                .containsExactly(
                        "dump-0000000000.pcap", "dump-0000000001.pcap", "dump-0000000000.pcap");
        assertThat(listing()).containsExactly("dump-0000000000.pcap", "dump-0000000001.pcap");
    }

    @Test
    void shouldReuseFilesInPlaceAsTcpdumpDoesInARing() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.TCPDUMP_CW).withRing(11);
        try (RollingCapture capture = capture(spec.with(RollOver.packets(10)))) {
            write(capture, traffic, 110);
            Object inode = Files.getAttribute(directory.resolve("trace.pcap00"), "unix:ino");
            write(capture, traffic, 1);
            assertThat(capture.path()).isEqualTo(directory.resolve("trace.pcap00")).hasSize(0);
            assertThat(Files.getAttribute(capture.path(), "unix:ino")).isEqualTo(inode);
        }
        assertThat(listing()).hasSize(11).endsWith("trace.pcap09", "trace.pcap10");
    }

    @Test
    void shouldKeepTheNewestFilesOfARing() throws IOException {
        write(WriterSpec.of(CaptureProgram.GULP).withRing(3).with(RollOver.packets(5)), 50);
        assertThat(listing()).containsExactly("pcap00007", "pcap00008", "pcap00009");
    }

    @Test
    void shouldHideAFileUntilItIsCompleteAsStenographerDoes() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.STENOGRAPHER).with(RollOver.packets(10));
        try (RollingCapture capture = capture(spec)) {
            write(capture, traffic, 11);
            assertThat(listing()).containsExactly(".1795342273100000", "1795342272000000");
        }
        assertThat(listing()).containsExactly("1795342272000000", "1795342273100000");
    }

    @Test
    void shouldRunAheadWithNamesThatWouldClash() throws IOException {
        write(WriterSpec.of(CaptureProgram.DAEMONLOGGER).with(RollOver.packets(1)), 3);
        assertThat(names())
                .containsExactly(
                        "eth0.pcap.1795342272", "eth0.pcap.1795342273", "eth0.pcap.1795342274");
    }

    @Test
    void shouldOverwriteAFileOfTheSameSecondWhenNamesClash() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.DAEMONLOGGER).withClashing(true);
        write(spec.with(RollOver.packets(3)), 6);
        assertThat(listing()).containsExactly("eth0.pcap.1795342272");
        assertThat(Expectation.ofFiles(opened.subList(0, 1)).packets()).isEqualTo(3);
    }

    @Test
    void shouldBeginWithZeroBytesAndCutRecordsWhenBufferedAsStdioDoes() throws IOException {
        try (RollingCapture capture = capture(WriterSpec.of(CaptureProgram.DAEMONLOGGER))) {
            assertThat(capture.path()).hasSize(0);
            write(capture, frames(1000), 5);
            assertThat(capture.path()).hasSize(4096);
            assertThat(capture.bytes()).isEqualTo(24 + 5 * 1016);
        }
        assertThat(opened.get(0)).hasSize(24 + 5 * 1016);
    }

    @Test
    void shouldFlushEachRecordWhenAsked() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.TCPDUMP_C).with(FlushPolicy.PACKET);
        try (RollingCapture capture = capture(spec)) {
            write(capture, frames(10), 1);
            assertThat(capture.path()).hasSize(24 + 26);
            write(capture, frames(10), 1);
            assertThat(capture.path()).hasSize(24 + 26 + 26);
        }
    }

    @Test
    void shouldWriteWholeBlocksWhenAsked() throws IOException {
        try (RollingCapture capture = capture(WriterSpec.of(CaptureProgram.GULP))) {
            write(capture, frames(1000), 3000);
            assertThat(capture.path()).hasSize(2 << 20);
        }
    }

    @Test
    void shouldLoseWhatWaitsWhenItIsKilled() throws IOException {
        RollingCapture capture = capture(WriterSpec.of(CaptureProgram.DAEMONLOGGER));
        write(capture, frames(1000), 5);
        capture.kill();
        assertThat(opened.get(0)).hasSize(4096);
    }

    @Test
    void shouldEndTornWhenAsked() throws IOException {
        RollingCapture capture = capture(WriterSpec.of(CaptureProgram.DAEMONLOGGER));
        write(capture, frames(1000), 5);
        capture.closeTorn(100);
        assertThat(opened.get(0)).hasSize(24 + 5 * 1016 - 100);
    }

    @Test
    void shouldRollOverBySize() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.GULP).with(RollOver.bytes(10_000));
        try (RollingCapture capture = capture(spec)) {
            write(capture, frames(984), 25);
        }
        assertThat(opened).hasSize(3);
        assertThat(opened.get(0)).hasSize(24 + 10 * 1000);
    }

    @Test
    void shouldReplaceAFinishedFileByACompressedOne() throws IOException {
        WriterSpec spec = WriterSpec.of(CaptureProgram.TCPDUMP_C).withGzip(true);
        write(spec.with(RollOver.packets(10)), 20);
        assertThat(listing()).containsExactly("trace.pcap.gz", "trace.pcap1.gz");
        assertThat(Expectation.ofUnordered(List.of(directory), true).packets()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(CaptureProgram.class)
    void shouldOpenTheNextFileAtOnceIfTheProgramDoes(CaptureProgram program) throws IOException {
        try (RollingCapture capture = capture(WriterSpec.of(program).with(RollOver.packets(2)))) {
            write(capture, traffic, 2);
            capture.prepareNext();
            assertThat(capture.files()).isEqualTo(program.opensNextAtOnce() ? 2 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource(CaptureProgram.class)
    void shouldWriteAllPackets(CaptureProgram program) throws IOException {
        write(WriterSpec.of(program).with(RollOver.bytes(50_000)).withRing(1000), 500);
        assertThat(Expectation.ofFiles(opened))
                .isNotNull()
                .extracting(Expectation::packets)
                .isEqualTo(500L);
    }
}
