package org.fusedpcap.cluster.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaptureHeaderTest {

    private static ByteBuffer section(ByteOrder order) {
        return ByteBuffer.wrap(TestBlocks.section(order, -1));
    }

    private static ByteBuffer pcap() {
        ByteBuffer header = ByteBuffer.allocate(24).order(LITTLE_ENDIAN);
        return header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).clear();
    }

    private static CaptureHeader read(ByteBuffer bytes) throws InvalidCaptureException {
        return CaptureHeader.read(bytes).orElseThrow();
    }

    @Test
    void shouldReadASectionHeaderOfEitherByteOrder() throws InvalidCaptureException {
        for (ByteOrder order : new ByteOrder[] {BIG_ENDIAN, LITTLE_ENDIAN}) {
            CaptureHeader header = read(section(order));

            assertThat(header).isEqualTo(new PcapngHeader(order));
            assertThat(header.length()).isZero();
            assertThat(header.framing()).isSameAs(BlockWalk.INSTANCE);
        }
    }

    @Test
    void shouldWaitForTheRestOfAHeader() throws InvalidCaptureException {
        for (int length = 0; length < 28; length++) {
            assertThat(CaptureHeader.read(section(BIG_ENDIAN).limit(length))).isEmpty();
        }
        for (int length = 0; length < 24; length++) {
            assertThat(CaptureHeader.read(pcap().limit(length))).isEqualTo(Optional.empty());
        }
        assertThat(read(pcap()).length()).isEqualTo(24);
    }

    @Test
    void shouldRefuseWhatIsNoCapture() {
        assertThatThrownBy(() -> CaptureHeader.read(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})))
                .isInstanceOf(InvalidCaptureException.class)
                .hasMessage("unknown magic number 01020304");
        assertThatThrownBy(() -> read(section(BIG_ENDIAN).putInt(8, 7)))
                .isInstanceOf(InvalidCaptureException.class)
                .hasMessageContaining("byte-order magic");
        assertThatThrownBy(() -> read(section(BIG_ENDIAN).putShort(12, (short) 2)))
                .hasMessage("pcapng version 2.0 is unknown; 1.0 is read");
        assertThatThrownBy(() -> read(section(BIG_ENDIAN).putInt(4, 24)))
                .hasMessage("a pcapng section header of 24 bytes");
    }

    @Test
    void shouldTakeMinorVersion2For0() throws InvalidCaptureException {
        assertThat(read(section(BIG_ENDIAN).putShort(14, (short) 2)))
                .isEqualTo(new PcapngHeader(BIG_ENDIAN));
    }

    @Test
    void shouldLetSectionsOfAnyByteOrderFollowButNeverTheOtherFormat()
            throws InvalidCaptureException {
        CaptureHeader pcapng = read(section(BIG_ENDIAN));
        CaptureHeader pcap = read(pcap());

        assertThat(pcapng.hasSameRecordForm(read(section(LITTLE_ENDIAN)))).isTrue();
        assertThat(pcapng.hasSameRecordForm(pcap)).isFalse();
        assertThat(pcap.hasSameRecordForm(pcapng)).isFalse();
        assertThat(pcapng.differenceTo(pcap)).isEqualTo("pcap instead of pcapng");
        assertThat(pcap.differenceTo(pcapng)).isEqualTo("pcapng instead of pcap");
        assertThat(pcapng.differenceTo(pcapng)).isEqualTo("no difference");
    }
}
