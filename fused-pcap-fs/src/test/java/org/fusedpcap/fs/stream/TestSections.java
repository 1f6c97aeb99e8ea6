package org.fusedpcap.fs.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.fusedpcap.testkit.writer.PcapngBlocks;

/** Files of pcapng, and how far they are whole, worked out naively. */
final class TestSections {

    private TestSections() {}

    /** A file of one section with two interfaces, as many packets, and blocks of other kinds. */
    static byte[] file(ByteOrder order, int first, int packets) {
        return add(new PcapngBlocks(order), first, packets).toBytes();
    }

    /** Appends a section. */
    static PcapngBlocks add(PcapngBlocks blocks, int first, int packets) {
        blocks.section(first % 2 == 0 ? -1 : 1000).ethernet(9).interfaceOf(101, 0, 6, 0).names();
        addPackets(blocks, first, packets);
        return blocks.statistics(0, first).unknown(first % 50);
    }

    static PcapngBlocks addPackets(PcapngBlocks blocks, int first, int packets) {
        for (int i = first; i < first + packets; i++) {
            byte[] frame = new byte[20 + i % 60];
            new Random(i).nextBytes(frame);
            switch (i % 5) {
                case 0 -> blocks.obsoletePacket(1, time(i), frame);
                case 1 -> blocks.simplePacket(frame);
                default -> blocks.packet(i % 2, time(i), frame);
            }
        }
        return blocks;
    }

    private static long time(int number) {
        return 1_700_000_000_000_000L + number;
    }

    /** Length of a file's whole blocks. */
    static int wholeLength(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = 0;
        while (at + 12 <= file.length) {
            if (bytes.getInt(at) == 0x0a0d0d0a) {
                bytes.order(ByteOrder.BIG_ENDIAN);
                bytes.order(
                        bytes.getInt(at + 8) == 0x1a2b3c4d
                                ? ByteOrder.BIG_ENDIAN
                                : ByteOrder.LITTLE_ENDIAN);
            }
            int length = bytes.getInt(at + 4);
            if (length < 12
                    || length > file.length - at
                    || bytes.getInt(at + length - 4) != length) {
                break;
            }
            at += length;
        }
        return at;
    }
}
