package org.fusedpcap.cluster.flow;

import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.FragmentedPacket;
import org.pcap4j.packet.IllegalPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.IpSelector;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6ExtOptionsPacket;
import org.pcap4j.packet.IpV6ExtRoutingPacket;
import org.pcap4j.packet.IpV6ExtUnknownPacket;
import org.pcap4j.packet.LinuxSllPacket;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.PppSelector;
import org.pcap4j.packet.SnapPacket;
import org.pcap4j.packet.TransportPacket;

/**
 * The key of a frame as pcap4j sees it, decoding the whole frame, with clustermode 0 and outer
 * headers. It answers nothing where pcap4j finds the bytes illegal or does not know what they are.
 */
final class Pcap4jOracle {

    private static final Set<Integer> UNKNOWN_TO_PCAP4J =
            Set.of(
                    EtherTypes.PROVIDER_VLAN,
                    EtherTypes.OLD_PROVIDER_VLAN,
                    EtherTypes.MPLS,
                    EtherTypes.MPLS_UPSTREAM,
                    EtherTypes.PPPOE_SESSION,
                    EtherTypes.TRANSPARENT_ETHERNET);

    private Pcap4jOracle() {}

    static Optional<String> key(int linkType, byte[] frame) {
        try {
            Packet packet = decode(linkType, frame);
            return isWholeAndLegal(packet) ? key(packet) : Optional.empty();
        } catch (IllegalRawDataException | RuntimeException undecodable) {
            return Optional.empty();
        }
    }

    private static Packet decode(int linkType, byte[] frame) throws IllegalRawDataException {
        return switch (linkType) {
            case LinkTypes.ETHERNET -> EthernetPacket.newPacket(frame, 0, frame.length);
            case LinkTypes.LINUX_SLL -> LinuxSllPacket.newPacket(frame, 0, frame.length);
            case LinkTypes.PPP -> PppSelector.newPacket(frame, 0, frame.length);
            case LinkTypes.RAW -> IpSelector.newPacket(frame, 0, frame.length);
            default -> throw new IllegalArgumentException("link type " + linkType);
        };
    }

    private static boolean isWholeAndLegal(Packet packet) {
        return StreamSupport.stream(packet.spliterator(), false)
                .noneMatch(
                        p ->
                                p instanceof IllegalPacket
                                        || p instanceof FragmentedPacket
                                        || p instanceof IpPacket ip && !isProper(ip)
                                        || isExtension(p) && !hasItsLength(p));
    }

    private static boolean isExtension(Packet packet) {
        return packet instanceof IpV6ExtOptionsPacket || packet instanceof IpV6ExtRoutingPacket;
    }

    // With broken options pcap4j adds up another length than the header says.
    private static boolean hasItsLength(Packet extension) {
        byte[] header = extension.getHeader().getRawData();
        return header.length == ((header[1] & 0xff) + 1) * 8;
    }

    // pcap4j goes by the EtherType alone, even if the packet says it is another version, and looks
    // for extension headers of IPv6 in IPv4 too.
    private static boolean isProper(IpPacket ip) {
        int version = ip.getHeader().getVersion().value();
        int protocol = ip.getHeader().getProtocol().value() & 0xff;
        return ip instanceof IpV4Packet
                ? version == 4 && !IpProtocols.isExtension(protocol)
                : version == 6;
    }

    private static Optional<String> key(Packet packet) {
        String vlan = "vlan=" + KeyText.vlans(vlans(packet)) + " ";
        IpPacket ip = packet.get(IpPacket.class);
        return (ip == null ? link(packet) : ip(innermostQuoted(ip))).map(vlan::concat);
    }

    private static IntStream vlans(Packet packet) {
        return StreamSupport.stream(packet.spliterator(), false)
                .filter(Dot1qVlanTagPacket.class::isInstance)
                .mapToInt(tag -> ((Dot1qVlanTagPacket) tag).getHeader().getVidAsInt())
                .filter(id -> id != 0);
    }

    // pcap4j decodes what an ICMP error quotes as a packet behind it.
    private static IpPacket innermostQuoted(IpPacket outer) {
        Packet payload = outer.getPayload();
        IpPacket quoted = payload == null ? null : payload.get(IpPacket.class);
        return quoted == null ? outer : quoted;
    }

    private static Optional<String> ip(IpPacket ip) {
        // An unknown protocol in IPv6 is an unknown extension header to it, which it looks behind.
        boolean unknown = ip.contains(IpV6ExtUnknownPacket.class);
        TransportPacket transport = unknown ? null : ip.get(TransportPacket.class);
        int protocol = protocol(ip);
        if (transport == null && (IpProtocols.hasPorts(protocol) || isCutOrUnknown(ip, protocol))) {
            return Optional.empty();
        }
        return Optional.of(
                KeyText.ip(
                        ip.getHeader().getSrcAddr(),
                        transport == null ? 0 : transport.getHeader().getSrcPort().valueAsInt(),
                        ip.getHeader().getDstAddr(),
                        transport == null ? 0 : transport.getHeader().getDstPort().valueAsInt(),
                        protocol));
    }

    private static boolean isCutOrUnknown(IpPacket ip, int protocol) {
        if (ip instanceof IpV4Packet) {
            return protocol == IpProtocols.ICMPV6;
        }
        return IpProtocols.isExtension(protocol) || protocol == IpProtocols.ICMP;
    }

    /** The protocol behind all extension headers that pcap4j knows. */
    private static int protocol(IpPacket ip) {
        int protocol = ip.getHeader().getProtocol().value() & 0xff;
        for (Packet p = ip.getPayload();
                p != null && !(p instanceof IpV6ExtUnknownPacket);
                p = p.getPayload()) {
            if (IpProtocols.isExtension(protocol) && p.getHeader() != null) {
                protocol = p.getHeader().getRawData()[0] & 0xff;
            }
        }
        return protocol;
    }

    private static Optional<String> link(Packet packet) {
        if (packet instanceof EthernetPacket ethernet) {
            long source = mac(ethernet.getHeader().getSrcAddr().getAddress());
            long destination = mac(ethernet.getHeader().getDstAddr().getAddress());
            return etherType(packet).map(type -> KeyText.link(source, destination, type));
        }
        // Small numbers are no lengths here, but protocols of Linux's own.
        return packet instanceof LinuxSllPacket
                ? etherType(packet).filter(t -> t != 0).map(t -> KeyText.link(0, 0, t))
                : Optional.empty();
    }

    private static long mac(byte[] address) {
        long value = 0;
        for (byte part : address) {
            value = value << 8 | part & 0xff;
        }
        return value;
    }

    private static Optional<Integer> etherType(Packet packet) {
        int type = -1;
        for (Packet p : packet) {
            if (p instanceof EthernetPacket ethernet) {
                type = ethernet.getHeader().getType().value() & 0xffff;
            } else if (p instanceof Dot1qVlanTagPacket tag) {
                type = tag.getHeader().getType().value() & 0xffff;
            } else if (p instanceof LinuxSllPacket cooked) {
                type = cooked.getHeader().getProtocol().value() & 0xffff;
            } else if (p instanceof SnapPacket snap) {
                type = snap.getHeader().getProtocolId().value() & 0xffff;
            }
        }
        return isKnown(type)
                ? Optional.of(type <= EtherTypes.LARGEST_LENGTH ? 0 : type)
                : Optional.empty();
    }

    private static boolean isKnown(int type) {
        boolean cutIp =
                type == EtherTypes.IPV4 || type == EtherTypes.IPV6 || type == EtherTypes.VLAN;
        return type >= 0 && !cutIp && !UNKNOWN_TO_PCAP4J.contains(type);
    }
}
