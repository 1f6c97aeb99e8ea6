package org.fusedpcap.cluster.distribute;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.cluster.pcap.PcapHeader;

/** Makes captures whose packets say which member they belong to, and takes them apart again. */
final class TestRecords {

    static final int RECORD_HEADER = 16;

    /** A packet begins with its serial number. */
    static final int LEAST_PACKET = 4;

    private TestRecords() {}

    /** A capture header: version 2.4, Ethernet. */
    static ByteBuffer fileHeader(ByteOrder order) {
        return ByteBuffer.allocate(24)
                .order(order)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(262_144)
                .putInt(1)
                .flip();
    }

    static PcapHeader format(ByteOrder order) {
        try {
            return PcapHeader.parse(fileHeader(order));
        } catch (InvalidCaptureException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * One record.
     *
     * @param serial what the packet begins with, in network byte order
     * @param captured length of the packet, at least {@link #LEAST_PACKET}
     */
    static byte[] record(ByteOrder order, int serial, int captured) {
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + captured).order(order);
        record.putInt(1_700_000_000 + serial).putInt(serial % 1_000_000);
        record.putInt(captured).putInt(captured + 4);
        record.order(ByteOrder.BIG_ENDIAN).putInt(serial);
        for (int i = record.position(); i < record.capacity(); i++) {
            record.put(i, (byte) (serial * 31 + i));
        }
        return record.array();
    }

    /** As many records with serial numbers in a row and lengths by chance. */
    static byte[] records(ByteOrder order, Random random, int firstSerial, int count, int longest) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            int captured = LEAST_PACKET + random.nextInt(longest - LEAST_PACKET + 1);
            all.writeBytes(record(order, firstSerial + i, captured));
        }
        return all.toByteArray();
    }

    /** The member a packet belongs to. */
    static int memberOf(int serial, int members) {
        int mixed = serial * 0x9e3779b9;
        return Integer.remainderUnsigned(mixed ^ mixed >>> 15, members);
    }

    /** Chooses by the serial number. */
    static MemberChooser chooser(int members) {
        return (buffer, packet, captured, original) -> memberOf(buffer.getInt(packet), members);
    }

    /** What a member has to read: the header, and its records of these. */
    static byte[] expected(ByteOrder order, byte[] records, int member, int members) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(fileHeader(order).array());
        ByteBuffer buffer = ByteBuffer.wrap(records).order(order);
        ByteBuffer packets = ByteBuffer.wrap(records);
        for (int at = 0; at < records.length; ) {
            int length = RECORD_HEADER + buffer.getInt(at + 8);
            if (memberOf(packets.getInt(at + RECORD_HEADER), members) == member) {
                all.write(records, at, length);
            }
            at += length;
        }
        return all.toByteArray();
    }
}
