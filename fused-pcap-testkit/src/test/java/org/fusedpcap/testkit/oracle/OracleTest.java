package org.fusedpcap.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants one fault after the other in the stream of a reader; each must be found and named. */
class OracleTest {

    private static final int FIRST = 50;
    private static final int SECOND = 60;
    private static final int THIRD = 70;

    @TempDir Path directory;

    private Captures captures;
    private List<byte[]> pieces;

    @BeforeEach
    void write() throws IOException {
        captures =
                Captures.in(directory)
                        .traffic(TrafficSpec.ofSeed(1).with(Profile.PLAIN))
                        .segment("s.1", FIRST)
                        .segment("s.2", SECOND)
                        .segment("s.3", THIRD);
        pieces = Pieces.of(captures.paths());
    }

    /** The index in {@link #pieces} of a packet. */
    private static int index(int packet) {
        return packet + 1;
    }

    private List<byte[]> segment(int first, int packets) {
        return List.copyOf(pieces.subList(index(first), index(first + packets)));
    }

    private String verdict() throws IOException {
        Oracle oracle = Oracle.ofReader(captures.expectation());
        oracle.read(0, Pieces.stream(pieces));
        return oracle.verdict().toString();
    }

    @Test
    void shouldAcceptTheWholeStream() throws IOException {
        assertThat(verdict()).isEqualTo("ok: 180 of 180 packets, 3 segments");
    }

    @Test
    void shouldFindAHeaderThatWasNotStripped() throws IOException {
        pieces.add(index(FIRST), pieces.get(0));
        assertThat(verdict())
                .startsWith(
                        "NOT OK: 180 of 180 packets, 3 segments: 1 header inside (a file header at")
                .endsWith("behind packet 49 of s.1)");
    }

    @Test
    void shouldFindASkippedSegment() throws IOException {
        pieces.removeAll(segment(FIRST, SECOND));
        assertThat(verdict())
                .isEqualTo(
                        "NOT OK: 120 of 180 packets, 3 segments:"
                                + " 60 missing (packets 50..109, all of s.2)");
    }

    @Test
    void shouldFindASegmentThatWasReadTwice() throws IOException {
        pieces.addAll(index(FIRST + SECOND), segment(FIRST, SECOND));
        assertThat(verdict())
                .isEqualTo(
                        "NOT OK: 240 of 180 packets, 3 segments:"
                                + " 60 doubled (packets 50..109, all of s.2)");
    }

    @Test
    void shouldFindATornRecordThatWasLetThrough() throws IOException {
        byte[] last = pieces.get(index(FIRST - 1));
        pieces.set(index(FIRST - 1), Arrays.copyOf(last, last.length - 5));
        assertThat(verdict()).startsWith("NOT OK").contains("malformed");
    }

    @Test
    void shouldFindATornRecordAtTheEnd() throws IOException {
        byte[] last = pieces.get(pieces.size() - 1);
        pieces.set(pieces.size() - 1, Arrays.copyOf(last, last.length - 5));
        assertThat(verdict())
                .contains("1 torn (half a record at byte ")
                .contains("behind packet 178 of s.3")
                .endsWith("1 missing (packet 179 in s.3)");
    }

    @Test
    void shouldFindADroppedPacket() throws IOException {
        pieces.remove(index(77));
        assertThat(verdict()).endsWith(": 1 missing (packet 77 in s.2)");
    }

    @Test
    void shouldFindADoubledPacket() throws IOException {
        pieces.add(index(78), pieces.get(index(77)));
        assertThat(verdict()).endsWith(": 1 doubled (packet 77 in s.2)");
    }

    @Test
    void shouldFindASwappedPair() throws IOException {
        Collections.swap(pieces, index(77), index(78));
        assertThat(verdict()).endsWith(": 1 out of order (packet 77 in s.2)");
    }

    @Test
    void shouldFindSegmentsInTheWrongOrder() throws IOException {
        List<byte[]> second = segment(FIRST, SECOND);
        pieces.removeAll(second);
        pieces.addAll(second);
        assertThat(verdict()).endsWith(": 60 out of order (packets 50..109, all of s.2)");
    }

    @Test
    void shouldFindAChangedByte() throws IOException {
        byte[] record = pieces.get(index(20)).clone();
        record[16] ^= 1;
        pieces.set(index(20), record);
        assertThat(verdict()).endsWith(": 1 altered (packet 20 in s.1)");
    }

    @Test
    void shouldFindAChangedTime() throws IOException {
        byte[] record = pieces.get(index(20)).clone();
        record[0] ^= 1;
        pieces.set(index(20), record);
        assertThat(verdict()).endsWith(": 1 altered (packet 20 in s.1)");
    }

    @Test
    void shouldFindAPacketOfAnotherStream() throws IOException {
        Path other = directory.resolve("other");
        Captures.in(directory)
                .traffic(TrafficSpec.ofSeed(2).with(Profile.PLAIN).from(1000))
                .segment(other.toString(), 1);
        pieces.add(Pieces.of(List.of(other)).get(1));
        assertThat(verdict()).endsWith(": 1 foreign (packet 1000)");
    }

    @Test
    void shouldFindAStreamThatEndsEarly() throws IOException {
        pieces.subList(index(100), pieces.size()).clear();
        assertThat(verdict())
                .endsWith(": 80 missing (packets 100..109 in s.2, packets 110..179, all of s.3)");
    }

    @Test
    void shouldFindAStreamWithoutAHeader() throws IOException {
        pieces.remove(0);
        assertThat(verdict()).contains("malformed (no file header at byte 0, before any packet)");
    }

    @Test
    void shouldFindAnEmptyStream() throws IOException {
        pieces.clear();
        assertThat(verdict()).contains("malformed (nothing at byte 0").contains("180 missing");
    }

    @Test
    void shouldFindGarbageBetweenRecords() throws IOException {
        pieces.add(index(FIRST), new byte[] {1, 2, 3, 4});
        assertThat(verdict()).contains("malformed (").contains("behind packet 49 of s.1");
    }

    @Test
    void shouldShowTheFirstFewOfManyPlaces() throws IOException {
        for (int packet = 90; packet >= 10; packet -= 10) {
            pieces.remove(index(packet));
        }
        assertThat(verdict())
                .endsWith(
                        ": 9 missing (packet 10 in s.1, packet 20 in s.1, packet 30 in s.1,"
                                + " packet 40 in s.1 and 5 more places)");
    }
}
