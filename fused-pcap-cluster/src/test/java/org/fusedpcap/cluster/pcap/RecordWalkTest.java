package org.fusedpcap.cluster.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.cluster.pcap.HeaderBytes.header;
import static org.fusedpcap.cluster.pcap.HeaderBytes.record;
import static org.fusedpcap.cluster.pcap.PcapFormat.MAGIC_KUZNETZOV;
import static org.fusedpcap.cluster.pcap.PcapFormat.MAGIC_MICROS;
import static org.fusedpcap.cluster.pcap.RecordWalk.INCOMPLETE;
import static org.fusedpcap.cluster.pcap.RecordWalk.SENSELESS;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordWalkTest {

    @Test
    void shouldStepOverHeaderAndCapturedBytesInBothOrders() throws InvalidCaptureException {
        for (ByteOrder order : new ByteOrder[] {BIG_ENDIAN, LITTLE_ENDIAN}) {
            PcapHeader header = header(order, MAGIC_MICROS, 4, 1);
            RecordWalk walk = header.records();

            assertThat(walk.order()).isEqualTo(order);
            assertThat(walk.headerLength()).isEqualTo(16);
            assertThat(walk.recordLength(record(header, 1, 60, 1500), 0)).isEqualTo(76);
        }
    }

    @Test
    void shouldStepOverTheLongerHeaders() throws InvalidCaptureException {
        PcapHeader header = header(BIG_ENDIAN, MAGIC_KUZNETZOV, 4, 1);
        RecordWalk walk = header.records();

        assertThat(walk.recordLength(record(header, 1, 60, 60), 0)).isEqualTo(84);
        assertThat(walk.recordLength(record(header, 1, 60, 60).limit(23), 0)).isEqualTo(INCOMPLETE);
    }

    @Test
    void shouldNotTellFromLessThanARecordHeader() throws InvalidCaptureException {
        PcapHeader header = header(BIG_ENDIAN, MAGIC_MICROS, 4, 1);
        ByteBuffer bytes = record(header, 1, 60, 60);

        for (int index = 1; index < 20; index++) {
            assertThat(header.records().recordLength(bytes, index)).isEqualTo(INCOMPLETE);
        }
    }

    @Test
    void shouldTakeAnEmptyPacketForARecordButZeroesForNone() throws InvalidCaptureException {
        PcapHeader header = header(LITTLE_ENDIAN, MAGIC_MICROS, 4, 1);

        assertThat(header.records().recordLength(record(header, 0, 0, 0), 0)).isEqualTo(16);
        assertThat(header.records().recordLength(ByteBuffer.allocate(16), 0)).isEqualTo(SENSELESS);
    }

    @ParameterizedTest
    @CsvSource({"1, 262144", "249, 134217728", "231, 134217728", "279, 8388608"})
    void shouldTakePacketsUpToTheLongestOfTheirLinkType(int linkType, int longest)
            throws InvalidCaptureException {
        PcapHeader header = header(LITTLE_ENDIAN, MAGIC_MICROS, 4, linkType);
        RecordWalk walk = header.records();

        assertThat(walk.largestRecord()).isEqualTo(16 + longest);
        assertThat(walk.recordLength(record(header, 1, longest, longest), 0))
                .isEqualTo(16 + longest);
        assertThat(walk.recordLength(record(header, 1, longest + 1, longest + 1), 0))
                .isEqualTo(SENSELESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldFindNegativeAndHugeLengthsSenseless(int captured) throws InvalidCaptureException {
        PcapHeader header = header(BIG_ENDIAN, MAGIC_MICROS, 4, 1);

        assertThat(header.records().recordLength(record(header, 1, captured, 60), 0))
                .isEqualTo(SENSELESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldTakeTheShorterLengthWhereOldWritersMaySwapThem(int minor)
            throws InvalidCaptureException {
        PcapHeader header = header(BIG_ENDIAN, MAGIC_MICROS, minor, 1);
        RecordWalk walk = header.records();

        assertThat(walk.recordLength(record(header, 1, 1500, 60), 0)).isEqualTo(76);
        assertThat(walk.recordLength(record(header, 1, 60, 1500), 0)).isEqualTo(76);
        assertThat(walk.recordLength(record(header, 1, -1, 60), 0)).isEqualTo(76);
    }

    @Test
    void shouldTakeTheCapturedLengthAsItStandsInVersionFour() throws InvalidCaptureException {
        PcapHeader header = header(BIG_ENDIAN, MAGIC_MICROS, 4, 1);

        assertThat(header.records().recordLength(record(header, 1, 1500, 60), 0)).isEqualTo(1516);
    }

    @Test
    void shouldLeavePositionAndLimitAlone() throws InvalidCaptureException {
        PcapHeader header = header(BIG_ENDIAN, MAGIC_MICROS, 4, 1);
        ByteBuffer bytes = ByteBuffer.allocate(100);
        bytes.put(50, record(header, 1, 60, 60), 0, 16).position(3).limit(90);

        assertThat(header.records().recordLength(bytes, 50)).isEqualTo(76);
        assertThat(bytes.position()).isEqualTo(3);
        assertThat(bytes.limit()).isEqualTo(90);
    }
}
