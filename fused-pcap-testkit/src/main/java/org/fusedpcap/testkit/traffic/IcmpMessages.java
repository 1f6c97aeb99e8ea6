package org.fusedpcap.testkit.traffic;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.IcmpV4Code;
import org.pcap4j.packet.namednumber.IcmpV4Type;
import org.pcap4j.packet.namednumber.IcmpV6Code;
import org.pcap4j.packet.namednumber.IcmpV6Type;
import org.pcap4j.packet.namednumber.IpNumber;

/** Echoes, and the frame of every other ICMP message. */
final class IcmpMessages {

    /** Length of the header that all messages have, in bytes. */
    static final int HEADER = 8;

    private static final int CHECKSUM = 2;

    private IcmpMessages() {}

    static Message echo(Conversation talk, boolean reply, int filler) {
        Packet.Builder body =
                Raw.packet(new int[] {talk.first().port(), 1}, Filler.payload(filler));
        return talk.ipv6()
                ? v6(
                        talk.source(reply).address(),
                        talk.destination(reply).address(),
                        reply ? IcmpV6Type.ECHO_REPLY : IcmpV6Type.ECHO_REQUEST,
                        IcmpV6Code.NO_CODE,
                        body,
                        HEADER,
                        filler)
                : v4(
                        reply ? IcmpV4Type.ECHO_REPLY : IcmpV4Type.ECHO,
                        IcmpV4Code.NO_CODE,
                        body,
                        HEADER,
                        filler);
    }

    /**
     * A message.
     *
     * @param body all behind the checksum
     * @param marker where the marker goes, from the beginning of the message
     */
    static Message v4(
            IcmpV4Type type, IcmpV4Code code, Packet.Builder body, int marker, int filler) {
        return message(
                new IcmpV4CommonPacket.Builder()
                        .type(type)
                        .code(code)
                        .correctChecksumAtBuild(true)
                        .payloadBuilder(body),
                IpNumber.ICMPV4,
                marker,
                filler);
    }

    /** The same for IPv6, whose checksum is over the addresses, too. */
    static Message v6(
            InetAddress source,
            InetAddress destination,
            IcmpV6Type type,
            IcmpV6Code code,
            Packet.Builder body,
            int marker,
            int filler) {
        return message(
                new IcmpV6CommonPacket.Builder()
                        .type(type)
                        .code(code)
                        .srcAddr((Inet6Address) source)
                        .dstAddr((Inet6Address) destination)
                        .correctChecksumAtBuild(true)
                        .payloadBuilder(body),
                IpNumber.ICMPV6,
                marker,
                filler);
    }

    private static Message message(
            Packet.Builder builder, IpNumber protocol, int marker, int filler) {
        return new Message(
                builder,
                protocol,
                marker,
                CHECKSUM,
                Checksum.INTERNET,
                Message.NO_SEQUENCE,
                filler);
    }
}
