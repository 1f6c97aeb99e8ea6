package org.fusedpcap.testkit.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pcap4j.packet.IpV6ExtFragmentPacket;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.IpNumber;

/** Builds the fragments of UDP datagrams, each with room for a marker of its own. */
final class FragmentBuilder {

    /** How datagrams are cut: bytes of each piece, all but the last a multiple of eight. */
    private static final int[][] SHAPES = {
        {1480, 520}, {1480, 1480, 777}, {64, 64, 64, 30}, {1480, 22}
    };

    /** Number of different ways to cut. */
    static final int VARIANTS = SHAPES.length;

    private static final int UNIT = 8;
    private static final int V4_HEADER = 20;
    private static final int V6_HEADERS = 48;

    private FragmentBuilder() {}

    /** The fragments of a datagram, in order. */
    static List<Fragment> fragments(Conversation talk, boolean reply, int variant) {
        int[] shape = SHAPES[variant];
        byte[] datagram = datagram(talk, reply, shape);
        List<Fragment> fragments = new ArrayList<>();
        int offset = 0;
        for (int length : shape) {
            byte[] piece = Arrays.copyOfRange(datagram, offset, offset + length);
            boolean last = offset + length == datagram.length;
            fragments.add(fragment(talk, reply, piece, offset, last));
            offset += length;
        }
        return fragments;
    }

    private static byte[] datagram(Conversation talk, boolean reply, int[] shape) {
        byte[] payload = new byte[Arrays.stream(shape).sum() - UdpMessages.HEADER];
        int end = -UdpMessages.HEADER;
        for (int length : shape) {
            int markerEnd = Math.max(end, 0) + Marker.LENGTH;
            end += length;
            Filler.copy(payload, markerEnd, end - markerEnd);
        }
        return UdpMessages.of(talk, reply, Raw.packet(payload), UdpMessages.HEADER, 0)
                .builder()
                .build()
                .getRawData();
    }

    private static Fragment fragment(
            Conversation talk, boolean reply, byte[] piece, int offset, boolean last) {
        Packet.Builder ip =
                talk.ipv6()
                        ? v6(talk, reply, piece, offset, last)
                        : v4(talk, reply, piece, offset, last);
        byte[] built = Wrapping.frame(talk, reply, ip);
        int dataOffset = built.length - piece.length;
        int ipOffset = dataOffset - (talk.ipv6() ? V6_HEADERS : V4_HEADER);
        return new Fragment(built, ipOffset, dataOffset, talk.ipv6(), offset == 0);
    }

    private static Packet.Builder v4(
            Conversation talk, boolean reply, byte[] piece, int offset, boolean last) {
        return IpLayer.v4(
                        talk.source(reply).address(),
                        talk.destination(reply).address(),
                        IpNumber.UDP)
                .moreFragmentFlag(!last)
                .fragmentOffset((short) (offset / UNIT))
                .payloadBuilder(Raw.packet(piece));
    }

    private static Packet.Builder v6(
            Conversation talk, boolean reply, byte[] piece, int offset, boolean last) {
        Packet.Builder fragment =
                new IpV6ExtFragmentPacket.Builder()
                        .nextHeader(IpNumber.UDP)
                        .fragmentOffset((short) (offset / UNIT))
                        .m(!last)
                        .payloadBuilder(Raw.packet(piece));
        return IpLayer.v6(
                        talk.source(reply).address(),
                        talk.destination(reply).address(),
                        IpNumber.IPV6_FRAG)
                .payloadBuilder(fragment);
    }
}
