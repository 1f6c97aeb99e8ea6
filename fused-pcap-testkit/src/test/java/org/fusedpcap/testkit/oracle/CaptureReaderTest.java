package org.fusedpcap.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.traffic.Marker;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.CaptureFormat.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureReaderTest {

    private static final long START = 1_795_342_272_000_000_000L;
    private static final long STEP = 1_234_567;

    @TempDir Path directory;

    static Stream<CaptureFormat> formats() {
        return Arrays.stream(Container.values())
                .map(CaptureFormat.PCAP::with)
                .flatMap(f -> Stream.of(f, f.with(ByteOrder.BIG_ENDIAN)))
                .flatMap(f -> Stream.of(f, f.withNanos(true)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void shouldReadWhatTheWritersWrite(CaptureFormat format) throws IOException {
        Captures.in(directory).format(format).segment("a", 40);
        List<Long> sequences = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(directory.resolve("a"))) {
            for (Optional<CapturedPacket> packet = reader.next();
                    packet.isPresent();
                    packet = reader.next()) {
                CapturedPacket p = packet.get();
                assertThat(p.timeNanos()).isEqualTo(time(format, sequences.size()));
                assertThat(p.original()).isEqualTo(p.captured());
                Marker marker = Marker.find(p.bytes(), p.offset(), p.captured()).orElseThrow();
                sequences.add(marker.sequence());
            }
            assertThat(reader.problems()).isEmpty();
            assertThat(reader.position()).isEqualTo(Files.size(directory.resolve("a")));
        }
        assertThat(sequences).hasSize(40).isSorted();
    }

    private static long time(CaptureFormat format, int packet) {
        long time = START + packet * STEP;
        boolean nanos = format.nanos() && format.container() != Container.KUZNETZOV;
        return nanos ? time : time / 1000 * 1000;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void shouldNoticeATornEnd(CaptureFormat format) throws IOException {
        Captures.in(directory).format(format).torn("a", 10, 3);
        assertThat(problems(Files.readAllBytes(directory.resolve("a"))))
                .singleElement()
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.TORN);
    }

    @Test
    void shouldReadSectionsThatFollowOneAnother() throws IOException {
        Captures captures =
                Captures.in(directory)
                        .format(CaptureFormat.PCAPNG)
                        .segment("a", 10)
                        .format(CaptureFormat.PCAPNG.with(ByteOrder.BIG_ENDIAN))
                        .segment("b", 10);
        byte[] both = concat(captures.paths());
        assertThat(problems(both)).isEmpty();
        Oracle oracle = Oracle.ofReader(captures.expectation());
        oracle.read(0, new ByteArrayInputStream(both));
        assertThat(oracle.verdict().isOk()).isTrue();
    }

    @Test
    void shouldNoticeAHeaderOfAnotherByteOrderInside() throws IOException {
        Captures captures =
                Captures.in(directory)
                        .segment("a", 1)
                        .format(CaptureFormat.PCAP.with(ByteOrder.BIG_ENDIAN))
                        .headerOnly("b");
        assertThat(problems(concat(captures.paths())))
                .singleElement()
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.HEADER_INSIDE);
    }

    private static byte[] concat(List<Path> files) throws IOException {
        byte[] all = new byte[0];
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            all = Arrays.copyOf(all, all.length + bytes.length);
            System.arraycopy(bytes, 0, all, all.length - bytes.length, bytes.length);
        }
        return all;
    }

    private static List<Problem> problems(byte[] bytes) throws IOException {
        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(bytes))) {
            while (reader.next().isPresent()) {
                assertThat(reader.position()).isLessThanOrEqualTo(bytes.length);
            }
            return reader.problems();
        }
    }
}
