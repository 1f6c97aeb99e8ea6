package org.fusedpcap.testkit.traffic;

import java.util.List;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpMaximumSegmentSizeOption;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.TcpPacket.TcpOption;
import org.pcap4j.packet.UnknownTcpOption;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.TcpOptionKind;
import org.pcap4j.packet.namednumber.TcpPort;

/** TCP segments. One without payload has its marker in an option for experiments (RFC 4727). */
final class TcpMessages {

    private static final int HEADER = 20;
    private static final int CHECKSUM = 16;
    private static final int SEQUENCE = 4;
    private static final int OPTION_HEADER = 2;
    private static final byte EXPERIMENT = (byte) 254;
    private static final short MSS = 1460;
    private static final short WINDOW = (short) 0xffff;

    private TcpMessages() {}

    static Message data(Conversation talk, boolean reply, int filler) {
        TcpPacket.Builder builder =
                segment(talk, reply, TcpStep.DATA)
                        .psh(true)
                        .payloadBuilder(Raw.packet(Filler.payload(filler)));
        return message(builder, HEADER, filler);
    }

    static Message control(Conversation talk, boolean reply, TcpStep step) {
        List<TcpOption> options = step.syn() ? List.of(mss(), marker()) : List.of(marker());
        int before = options.size() == 1 ? 0 : mss().length();
        return message(
                segment(talk, reply, step).options(options), HEADER + before + OPTION_HEADER, 0);
    }

    private static TcpOption mss() {
        return new TcpMaximumSegmentSizeOption.Builder()
                .maxSegSize(MSS)
                .correctLengthAtBuild(true)
                .build();
    }

    private static TcpOption marker() {
        return new UnknownTcpOption.Builder()
                .kind(TcpOptionKind.getInstance(EXPERIMENT))
                .data(new byte[Marker.LENGTH])
                .correctLengthAtBuild(true)
                .build();
    }

    private static TcpPacket.Builder segment(Conversation talk, boolean reply, TcpStep step) {
        Host source = talk.source(reply);
        Host destination = talk.destination(reply);
        return new TcpPacket.Builder()
                .srcAddr(source.address())
                .dstAddr(destination.address())
                .srcPort(TcpPort.getInstance((short) source.port()))
                .dstPort(TcpPort.getInstance((short) destination.port()))
                .syn(step.syn())
                .ack(step.ack())
                .fin(step.fin())
                .window(WINDOW)
                .correctLengthAtBuild(true)
                .correctChecksumAtBuild(true)
                .paddingAtBuild(true);
    }

    private static Message message(Packet.Builder builder, int marker, int filler) {
        return new Message(
                builder, IpNumber.TCP, marker, CHECKSUM, Checksum.INTERNET, SEQUENCE, filler);
    }
}
