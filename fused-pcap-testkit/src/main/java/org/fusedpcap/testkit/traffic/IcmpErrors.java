package org.fusedpcap.testkit.traffic;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.IcmpV4Code;
import org.pcap4j.packet.namednumber.IcmpV4Type;
import org.pcap4j.packet.namednumber.IcmpV6Code;
import org.pcap4j.packet.namednumber.IcmpV6Type;

/**
 * Errors that a router on the way sends about a packet (RFC 792, RFC 4443). The packet is quoted up
 * to where its marker would be, and that is where the error's own marker is.
 */
final class IcmpErrors {

    /** Number of different errors. */
    static final int VARIANTS = 3;

    private static final int UNUSED = 4;
    private static final int QUOTED_FILLER = 200;

    private IcmpErrors() {}

    /**
     * The frame of an error.
     *
     * @param talk the conversation whose packet is quoted
     * @param reply whether the error goes the way of replies, so that a packet of the first host is
     *     quoted
     * @param variant which error, 0 to {@link #VARIANTS} - 1
     */
    static Frame frame(Conversation talk, boolean reply, int variant) {
        Message quoted = quoted(talk, !reply);
        byte[] packet =
                IpLayer.packet(
                                talk.source(!reply).address(),
                                talk.destination(!reply).address(),
                                quoted.protocol(),
                                quoted.builder())
                        .build()
                        .getRawData();
        int header = packet.length - quoted.builder().build().length();
        int marker = header + quoted.markerOffset();
        byte[] quote = Arrays.copyOf(packet, marker + Marker.LENGTH);
        byte[] body = ByteBuffer.allocate(UNUSED + quote.length).putInt(0).put(quote).array();
        return around(talk, reply, variant, Raw.packet(body), IcmpMessages.HEADER + marker);
    }

    private static Message quoted(Conversation talk, boolean reply) {
        return switch (talk.transport()) {
            case TCP -> TcpMessages.data(talk, reply, QUOTED_FILLER);
            case UDP -> UdpMessages.data(talk, reply, QUOTED_FILLER);
            case SCTP -> SctpMessages.data(talk, reply, QUOTED_FILLER);
            case DNS -> DnsMessages.of(talk, reply);
            case ICMP -> IcmpMessages.echo(talk, reply, QUOTED_FILLER);
        };
    }

    private static Frame around(
            Conversation talk, boolean reply, int variant, Packet.Builder body, int marker) {
        InetAddress router = router(talk);
        InetAddress receiver = talk.destination(reply).address();
        Message error =
                talk.ipv6()
                        ? v6(router, receiver, variant, body, marker)
                        : v4(variant, body, marker);
        Packet.Builder ip = IpLayer.packet(router, receiver, error.protocol(), error.builder());
        byte[] built = Wrapping.frame(talk, reply, ip);
        return Frame.of(built, built.length - error.builder().build().length(), error);
    }

    private static Message v4(int variant, Packet.Builder body, int marker) {
        return switch (variant) {
            case 0 ->
                    IcmpMessages.v4(
                            IcmpV4Type.DESTINATION_UNREACHABLE,
                            IcmpV4Code.COMMUNICATION_PROHIBITED,
                            body,
                            marker,
                            0);
            case 1 ->
                    IcmpMessages.v4(
                            IcmpV4Type.DESTINATION_UNREACHABLE,
                            IcmpV4Code.FRAGMENTATION_BLOCKED,
                            body,
                            marker,
                            0);
            default ->
                    IcmpMessages.v4(
                            IcmpV4Type.TIME_EXCEEDED,
                            IcmpV4Code.TIME_TO_LIVE_EXCEEDED,
                            body,
                            marker,
                            0);
        };
    }

    private static Message v6(
            InetAddress router,
            InetAddress receiver,
            int variant,
            Packet.Builder body,
            int marker) {
        IcmpV6Type type =
                switch (variant) {
                    case 0 -> IcmpV6Type.DESTINATION_UNREACHABLE;
                    case 1 -> IcmpV6Type.PACKET_TOO_BIG;
                    default -> IcmpV6Type.TIME_EXCEEDED;
                };
        return IcmpMessages.v6(router, receiver, type, IcmpV6Code.NO_CODE, body, marker, 0);
    }

    private static InetAddress router(Conversation talk) {
        int low = talk.pair() & 0xff;
        byte[] v6 = {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) low};
        return talk.ipv6() ? Addresses.of(v6) : Addresses.v4(203, 0, 113, low);
    }
}
