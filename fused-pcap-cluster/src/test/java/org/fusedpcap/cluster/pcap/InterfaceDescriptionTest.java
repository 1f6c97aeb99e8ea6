package org.fusedpcap.cluster.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterfaceDescriptionTest {

    private static final int NAME = 2;

    private static InterfaceDescription description(ByteOrder order, byte[] options) {
        ByteBuffer body = ByteBuffer.allocate(8 + options.length).order(order);
        body.putShort((short) 113).putShort((short) 0).putInt(96).put(options);
        byte[] block = TestBlocks.block(order, 1, body.array());
        return InterfaceDescription.read(ByteBuffer.wrap(block).order(order), 0, block.length);
    }

    private static byte[] options(ByteOrder order, int resolution, long offset) {
        ByteBuffer options = ByteBuffer.allocate(36).order(order);
        options.putShort((short) NAME).putShort((short) 5).put(new byte[8]);
        options.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
        options.putShort((short) 14).putShort((short) 8).putLong(offset);
        return options.putInt(0).array();
    }

    private static long time(InterfaceDescription description, long ticks) {
        byte[] packet = TestBlocks.enhanced(BIG_ENDIAN, 0, ticks, new byte[4]);
        return description.packetTime(ByteBuffer.wrap(packet), 0);
    }

    @Test
    void shouldSayWhatTheBlockSays() {
        for (ByteOrder order : new ByteOrder[] {BIG_ENDIAN, LITTLE_ENDIAN}) {
            assertThat(description(order, options(order, 9, -7)))
                    .isEqualTo(new InterfaceDescription(113, 96, 9, -7));
            assertThat(description(order, new byte[0]))
                    .isEqualTo(new InterfaceDescription(113, 96, 6, 0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6,   0,   1700000000123456,    1700000000123456000",
        "9,   0,   1700000000123456789, 1700000000123456789",
        "0,   0,   1700000000,          1700000000000000000",
        "3,   5,   1700000000123,       1700000005123000000",
        "3,  -5,   1700000000123,       1699999995123000000",
        "12,  0,   1700000000123,       1700000000",
        "138, 0,   1740800000512,       1700000000500000000",
        "127, 0,   1,                   0",
    })
    void shouldTellWhenAPacketCame(int resolution, long offset, long ticks, long nanos) {
        assertThat(time(new InterfaceDescription(1, 0, resolution, offset), ticks))
                .isEqualTo(nanos);
    }

    @Test
    void shouldTakeTimeStampsForUnsigned() {
        assertThat(time(new InterfaceDescription(1, 0, 0x80 | 63, 0), -1))
                .isEqualTo(1_999_999_999L);
        assertThat(time(new InterfaceDescription(1, 0, 6, 0), -1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldReadNoOptionBehindTheBlock() {
        byte[] options = options(BIG_ENDIAN, 9, 1);
        for (int length = 0; length < options.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(options, length);
            assertThat(description(BIG_ENDIAN, cut).linkType()).isEqualTo(113);
        }
    }
}
