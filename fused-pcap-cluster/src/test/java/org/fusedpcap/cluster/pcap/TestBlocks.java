package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes blocks of pcapng. */
public final class TestBlocks {

    /** Block type of a list of names. */
    public static final int NAMES = 4;

    private static final int NANOSECONDS = 9;

    private TestBlocks() {}

    /** A block of any type. */
    public static byte[] block(ByteOrder order, int type, byte[] body) {
        int length = 12 + (body.length + 3 & ~3);
        ByteBuffer block = ByteBuffer.allocate(length).order(order);
        block.putInt(type).putInt(length).put(body);
        return block.putInt(length - 4, length).array();
    }

    /** A section header. */
    public static byte[] section(ByteOrder order, long length) {
        ByteBuffer body = ByteBuffer.allocate(16).order(order);
        body.putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(length);
        return block(order, 0x0a0d0d0a, body.array());
    }

    /** An interface that counts nanoseconds. */
    public static byte[] interfaceOf(ByteOrder order, int linkType, int snaplen) {
        ByteBuffer body = ByteBuffer.allocate(20).order(order);
        body.putShort((short) linkType).putShort((short) 0).putInt(snaplen);
        body.putShort((short) 9).putShort((short) 1).put((byte) NANOSECONDS);
        return block(order, 1, body.array());
    }

    /** An enhanced packet. */
    public static byte[] enhanced(ByteOrder order, int number, long ticks, byte[] packet) {
        ByteBuffer body = ByteBuffer.allocate(20 + packet.length).order(order);
        body.putInt(number).putInt((int) (ticks >>> 32)).putInt((int) ticks);
        body.putInt(packet.length).putInt(packet.length).put(packet);
        return block(order, 6, body.array());
    }

    /** A packet of the obsolete kind. */
    public static byte[] obsolete(ByteOrder order, int number, byte[] packet) {
        ByteBuffer body = ByteBuffer.allocate(20 + packet.length).order(order);
        body.putShort((short) number).putShort((short) 77).putLong(0);
        body.putInt(packet.length).putInt(packet.length).put(packet);
        return block(order, 2, body.array());
    }

    /** A simple packet, of the section's first interface. */
    public static byte[] simple(ByteOrder order, int original, byte[] packet) {
        ByteBuffer body = ByteBuffer.allocate(4 + packet.length).order(order);
        return block(order, 3, body.putInt(original).put(packet).array());
    }
}
