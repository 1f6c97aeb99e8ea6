package org.fusedpcap.testkit.traffic;

import java.nio.ByteBuffer;
import java.util.List;
import org.pcap4j.packet.SctpPacket;
import org.pcap4j.packet.UnknownSctpChunk;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.SctpChunkType;
import org.pcap4j.packet.namednumber.SctpPort;

/** SCTP packets of one DATA chunk each (RFC 9260). */
final class SctpMessages {

    private static final int CHECKSUM = 8;
    private static final int TSN = 16;
    private static final int MARKER = 28;
    private static final int TSN_STREAM_AND_PROTOCOL = 12;
    private static final byte WHOLE_MESSAGE = 3;

    private SctpMessages() {}

    static Message data(Conversation talk, boolean reply, int filler) {
        int padded = filler + padding(Marker.LENGTH + filler);
        return new Message(
                new SctpPacket.Builder()
                        .srcPort(SctpPort.getInstance((short) talk.source(reply).port()))
                        .dstPort(SctpPort.getInstance((short) talk.destination(reply).port()))
                        .verificationTag(talk.id() + 1)
                        .chunks(List.of(chunk(padded)))
                        .correctChecksumAtBuild(true),
                IpNumber.SCTP,
                MARKER,
                CHECKSUM,
                Checksum.CRC32C,
                TSN,
                padded);
    }

    // Whole words, so that the filler is the last thing in the frame.
    private static int padding(int length) {
        return -length & 3;
    }

    private static SctpPacket.SctpChunk chunk(int filler) {
        byte[] payload = Filler.payload(filler);
        byte[] value =
                ByteBuffer.allocate(TSN_STREAM_AND_PROTOCOL + payload.length)
                        .position(TSN_STREAM_AND_PROTOCOL)
                        .put(payload)
                        .array();
        return new UnknownSctpChunk.Builder()
                .type(SctpChunkType.DATA)
                .flags(WHOLE_MESSAGE)
                .value(value)
                .correctLengthAtBuild(true)
                .build();
    }
}
