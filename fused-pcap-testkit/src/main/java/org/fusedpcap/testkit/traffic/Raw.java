package org.fusedpcap.testkit.traffic;

import java.nio.ByteBuffer;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UnknownPacket;

/** Bytes as a packet that others can be wrapped around. */
final class Raw {

    private Raw() {}

    static Packet.Builder packet(byte[] bytes) {
        return new UnknownPacket.Builder().rawData(bytes);
    }

    /** A header given as 16-bit words, and what stands behind it. */
    static Packet.Builder packet(int[] header, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.allocate(header.length * Short.BYTES + payload.length);
        for (int word : header) {
            bytes.putShort((short) word);
        }
        return packet(bytes.put(payload).array());
    }
}
