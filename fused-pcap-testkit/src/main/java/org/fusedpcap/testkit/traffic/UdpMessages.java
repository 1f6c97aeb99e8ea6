package org.fusedpcap.testkit.traffic;

import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.UdpPort;

/** UDP datagrams. */
final class UdpMessages {

    /** Length of the header, in bytes. */
    static final int HEADER = 8;

    private static final int CHECKSUM = 6;

    private UdpMessages() {}

    /** A datagram of marker and filler. */
    static Message data(Conversation talk, boolean reply, int filler) {
        return of(talk, reply, Raw.packet(Filler.payload(filler)), HEADER, filler);
    }

    /** A datagram with a payload that has room for a marker at {@code markerOffset}. */
    static Message of(
            Conversation talk,
            boolean reply,
            Packet.Builder payload,
            int markerOffset,
            int filler) {
        Host source = talk.source(reply);
        Host destination = talk.destination(reply);
        return new Message(
                new UdpPacket.Builder()
                        .srcAddr(source.address())
                        .dstAddr(destination.address())
                        .srcPort(UdpPort.getInstance((short) source.port()))
                        .dstPort(UdpPort.getInstance((short) destination.port()))
                        .correctChecksumAtBuild(true)
                        .correctLengthAtBuild(true)
                        .payloadBuilder(payload),
                IpNumber.UDP,
                markerOffset,
                CHECKSUM,
                Checksum.UDP,
                Message.NO_SEQUENCE,
                filler);
    }
}
