package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Fault;
import org.fusedpcap.testkit.oracle.FaultKind;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.oracle.Verdict;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings that take segments away, or write into them again, under a reader. */
class DeletedSegmentsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final long SEED = 7;
    private static final int HEADER = 24;

    @Test
    void shouldReadADeletedSegmentToItsEndAndGoOnBehindTheGap() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 6, 300);
        List<Path> segments = source.names().stream().map(MOUNTED::source).toList();
        int inTheSecond = RollingSource.of(segments.subList(0, 1)).length() + 1000;
        // The second is being read and the third is the next; the fourth is nobody's.
        byte[] expected =
                RollingSource.of(Stream.of(0, 1, 2, 4, 5).map(segments::get).toList()).bytes();

        try (FileChannel channel = FileChannel.open(MOUNTED.view(source.first()))) {
            ByteBuffer got = ByteBuffer.allocate(expected.length);
            readUpTo(channel, got, inTheSecond);
            for (Path segment : segments.subList(0, 4)) {
                Files.delete(segment);
            }
            readUpTo(channel, got, expected.length);
            assertThat(Arrays.mismatch(got.array(), expected)).isEqualTo(-1);
        }
        Limits.await("gap in the log")
                .until(() -> gaps().anyMatch(gap -> gap.contains(source.names().get(3))));
    }

    private static Stream<String> gaps() {
        return MOUNTED.mount().log().lines().filter(line -> line.contains("gap: "));
    }

    private static void readUpTo(FileChannel channel, ByteBuffer into, int end) throws IOException {
        into.limit(end);
        while (into.hasRemaining()) {
            assertThat(channel.read(into)).isPositive();
        }
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldReadARingThatIsWrittenInPlaceOnceAndInOrder(String level) throws IOException {
        Traffic traffic = new Traffic(TrafficSpec.ofSeed(SEED));
        try (RollingCapture capture = ring(CaptureProgram.TCPDUMP_CW)) {
            capture.write(traffic);
            capture.flush();
            String start = MOUNTED.list().get(0);
            StreamReader reader = MOUNTED.read(level + start);
            long records = 0;
            for (int i = 0; i < 3000; i++) {
                capture.write(traffic);
                if (i % 50 == 49) {
                    // As fast as the reader, so that nothing is overwritten that it has not got.
                    capture.flush();
                    records = capture.bytes() - HEADER * capture.files();
                    reader.awaitPosition(HEADER + records);
                }
            }
            assertThat(capture.files()).isGreaterThan(20);
            Oracle oracle =
                    Oracle.ofReader(
                            Expectation.ofTraffic(TrafficSpec.ofSeed(SEED), capture.packets()));
            oracle.read(0, reader.stream());
            assertThat(oracle.verdict().toString()).startsWith("ok");
        }
    }

    private static RollingCapture ring(CaptureProgram program) throws IOException {
        WriterSpec spec =
                WriterSpec.of(program)
                        .with(FlushPolicy.BUFFER)
                        .with(RollOver.packets(120))
                        .withRing(4);
        return new RollingCapture(MOUNTED.source(), spec, CaptureClock.wall());
    }

    /**
     * Through the page cache the kernel was told of a size that is not there any more then, and
     * asks again for the page that the last size was in.
     */
    @ParameterizedTest(name = "{0}START")
    @MethodSource("tenTimesEach")
    void shouldLoseWhatWasOverwrittenButNeverShowGarbage(String level) throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        ByteBuffer got = ByteBuffer.allocate(4 << 20);
        // Up to four turns of the ring at once.
        long packets = readWhileOverwritten(level, 300 + new Random(seed).nextInt(1800), got);

        assertNothingBut(got, packets, Set.of(FaultKind.MISSING, FaultKind.UNMARKED));
        Limits.await("gap in the log").until(() -> gaps().findAny().isPresent());
    }

    /** The ring and the notices of it run side by side. */
    static Stream<String> tenTimesEach() {
        return Stream.of("", "keepcache/").flatMap(level -> Stream.generate(() -> level).limit(10));
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldGetWholePacketsHoweverFarARingGetsAhead(String level) throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Traffic traffic = new Traffic(TrafficSpec.ofSeed(SEED));
        ByteBuffer got = ByteBuffer.allocate(16 << 20);
        RollingCapture capture = ring(CaptureProgram.DAEMONLOGGER);
        write(capture, traffic, 200);
        try (FileChannel channel = FileChannel.open(MOUNTED.view(level + MOUNTED.list().get(0)))) {
            for (int turn = 0; turn < 60; turn++) {
                // More than is read, so that there always is something to be read.
                write(capture, traffic, 200 + random.nextInt(400));
                got.limit(got.position() + 1 + random.nextInt(20_000));
                assertThat(channel.read(got)).isPositive();
            }
            MOUNTED.end(capture.path().getFileName().toString());
            capture.close();
            readToEnd(channel, got);
        }

        assertNothingBut(got, capture.packets(), Set.of(FaultKind.MISSING, FaultKind.UNMARKED));
    }

    /** Is in the first segment when that and others are written anew; number of packets written. */
    private static long readWhileOverwritten(String level, int more, ByteBuffer got)
            throws IOException {
        Traffic traffic = new Traffic(TrafficSpec.ofSeed(SEED));
        RollingCapture capture = ring(CaptureProgram.TCPDUMP_CW);
        write(capture, traffic, 400);
        try (FileChannel channel = FileChannel.open(MOUNTED.view(level + MOUNTED.list().get(0)))) {
            readUpTo(channel, got, 20_000);
            write(capture, traffic, more);
            MOUNTED.end(capture.path().getFileName().toString());
            capture.close();
            readToEnd(channel, got);
        }
        return capture.packets();
    }

    private static void write(RollingCapture capture, Traffic traffic, int packets)
            throws IOException {
        for (int i = 0; i < packets; i++) {
            capture.write(traffic);
        }
        capture.flush();
    }

    private static void readToEnd(FileChannel channel, ByteBuffer into) throws IOException {
        into.limit(into.capacity());
        while (channel.read(into) >= 0) {
            assertThat(into.hasRemaining()).isTrue();
        }
    }

    private static void assertNothingBut(ByteBuffer got, long packets, Set<FaultKind> allowed)
            throws IOException {
        Oracle oracle = Oracle.ofReader(Expectation.ofTraffic(TrafficSpec.ofSeed(SEED), packets));
        oracle.read(0, new ByteArrayInputStream(got.array(), 0, got.position()));
        Verdict verdict = oracle.verdict();
        assertThat(verdict.faults())
                .as(verdict.toString())
                .extracting(Fault::kind)
                .isSubsetOf(allowed)
                .contains(FaultKind.MISSING);
    }
}
