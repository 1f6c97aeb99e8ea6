package org.fusedpcap.testkit.traffic;

import java.util.Arrays;
import java.util.List;
import org.fusedpcap.testkit.traffic.TagStack.Tag;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.UdpPort;

/** Puts an IP packet of a conversation into its tunnel, its VLAN and its frame. */
final class Wrapping {

    private static final int VXLAN_PORT = 4789;
    private static final int GENEVE_PORT = 6081;
    private static final int GTP_U_PORT = 2152;

    private static final int MPLS_TYPE = 0x8847;
    private static final int PPPOE_SESSION_TYPE = 0x8864;
    private static final int TRANSPARENT_ETHERNET = 0x6558;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int GTP_FLAGS_AND_G_PDU = 0x30ff;
    private static final int PPPOE_VERSION = 0x1100;
    private static final int MPLS_TTL = 64;
    private static final int MPLS_BOTTOM = 0x100;

    private Wrapping() {}

    /** The whole frame around an IP packet. */
    static byte[] frame(Conversation talk, boolean reply, Packet.Builder ip) {
        Packet.Builder outer = ip;
        EtherType type = ipType(talk.ipv6());
        switch (talk.encapsulation()) {
            case NONE -> {}
            case MPLS -> {
                outer = mpls(talk, ip);
                type = EtherType.getInstance((short) MPLS_TYPE);
            }
            case PPPOE -> {
                outer = pppoe(talk, ip);
                type = EtherType.getInstance((short) PPPOE_SESSION_TYPE);
            }
            default -> {
                outer = ipTunnel(talk, reply, ip);
                type = EtherType.IPV4;
            }
        }
        return talk.link() == Link.ETHERNET
                ? ethernet(talk, reply, type, outer).build().getRawData()
                : other(talk.link().header(talk, reply, type), outer.build().getRawData());
    }

    private static byte[] other(byte[] header, byte[] payload) {
        byte[] frame = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, frame, header.length, payload.length);
        return frame;
    }

    /** An Ethernet header and VLAN tags. */
    private static Packet.Builder ethernet(
            Conversation talk, boolean reply, EtherType type, Packet.Builder payload) {
        List<Tag> tags = talk.tags(reply).tags();
        Packet.Builder inner = payload;
        EtherType innerType = type;
        for (int i = tags.size() - 1; i >= 0; i--) {
            inner =
                    new Dot1qVlanTagPacket.Builder()
                            .vid((short) tags.get(i).vlan())
                            .type(innerType)
                            .payloadBuilder(inner);
            innerType = EtherType.getInstance((short) tags.get(i).etherType());
        }
        return bareEthernet(talk, reply, innerType, inner);
    }

    private static Packet.Builder bareEthernet(
            Conversation talk, boolean reply, EtherType type, Packet.Builder payload) {
        return new EthernetPacket.Builder()
                .srcAddr(talk.source(reply).mac())
                .dstAddr(talk.destination(reply).mac())
                .type(type)
                .pad(new byte[0])
                .payloadBuilder(payload);
    }

    private static EtherType ipType(boolean ipv6) {
        return ipv6 ? EtherType.IPV6 : EtherType.IPV4;
    }

    private static Packet.Builder ipTunnel(Conversation talk, boolean reply, Packet.Builder ip) {
        boolean ipv6 = talk.ipv6();
        int id = talk.pair();
        return switch (talk.encapsulation()) {
            case GRE -> outerIp(talk, reply, IpNumber.GRE, header(ip, 0, ipType(ipv6).value()));
            case IP_IN_IP -> outerIp(talk, reply, ipv6 ? IpNumber.IPV6 : IpNumber.IPV4, ip);
            case VXLAN ->
                    udp(
                            talk,
                            reply,
                            VXLAN_PORT,
                            header(
                                    bareEthernet(talk, reply, ipType(ipv6), ip),
                                    0x0800,
                                    0,
                                    id >>> 8,
                                    id << 8));
            case GENEVE ->
                    udp(
                            talk,
                            reply,
                            GENEVE_PORT,
                            header(
                                    bareEthernet(talk, reply, ipType(ipv6), ip),
                                    0,
                                    TRANSPARENT_ETHERNET,
                                    id >>> 8,
                                    id << 8));
            case GTP_U ->
                    udp(
                            talk,
                            reply,
                            GTP_U_PORT,
                            header(ip, GTP_FLAGS_AND_G_PDU, ip.build().length(), id >>> 16, id));
            default -> throw new IllegalArgumentException("no IP tunnel");
        };
    }

    // Both ports are the well-known one, so that both directions have the same outer five-tuple.
    private static Packet.Builder udp(
            Conversation talk, boolean reply, int port, Packet.Builder payload) {
        return outerIp(
                talk,
                reply,
                IpNumber.UDP,
                new UdpPacket.Builder()
                        .srcPort(UdpPort.getInstance((short) port))
                        .dstPort(UdpPort.getInstance((short) port))
                        .correctLengthAtBuild(true)
                        .payloadBuilder(payload));
    }

    private static Packet.Builder outerIp(
            Conversation talk, boolean reply, IpNumber protocol, Packet.Builder payload) {
        return IpLayer.packet(
                talk.source(reply).tunnel(), talk.destination(reply).tunnel(), protocol, payload);
    }

    private static Packet.Builder mpls(Conversation talk, Packet.Builder ip) {
        int label = 16 + talk.pair();
        return header(
                ip,
                0,
                0x1000 | MPLS_TTL,
                label >>> 4,
                (label & 0xf) << 12 | MPLS_BOTTOM | MPLS_TTL);
    }

    private static Packet.Builder pppoe(Conversation talk, Packet.Builder ip) {
        return header(
                ip,
                PPPOE_VERSION,
                talk.pair() + 1,
                ip.build().length() + Short.BYTES,
                talk.ipv6() ? PPP_IPV6 : PPP_IPV4);
    }

    private static Packet.Builder header(Packet.Builder inner, int... words) {
        return Raw.packet(words, inner.build().getRawData());
    }
}
