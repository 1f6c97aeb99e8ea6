package org.fusedpcap.testkit.traffic;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Rfc791Tos;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6SimpleFlowLabel;
import org.pcap4j.packet.IpV6SimpleTrafficClass;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;

/** Builds IP headers. */
final class IpLayer {

    private static final byte HOPS = 64;

    private IpLayer() {}

    /** An IP packet of the version that the addresses have. */
    static Packet.Builder packet(
            InetAddress source, InetAddress destination, IpNumber protocol, Packet.Builder inner) {
        return source instanceof Inet4Address
                ? v4(source, destination, protocol).dontFragmentFlag(true).payloadBuilder(inner)
                : v6(source, destination, protocol).payloadBuilder(inner);
    }

    static IpV4Packet.Builder v4(InetAddress source, InetAddress destination, IpNumber protocol) {
        return new IpV4Packet.Builder()
                .version(IpVersion.IPV4)
                .tos(IpV4Rfc791Tos.newInstance((byte) 0))
                .ttl(HOPS)
                .protocol(protocol)
                .srcAddr((Inet4Address) source)
                .dstAddr((Inet4Address) destination)
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true);
    }

    static IpV6Packet.Builder v6(InetAddress source, InetAddress destination, IpNumber next) {
        return new IpV6Packet.Builder()
                .version(IpVersion.IPV6)
                .trafficClass(IpV6SimpleTrafficClass.newInstance((byte) 0))
                .flowLabel(IpV6SimpleFlowLabel.newInstance(0))
                .nextHeader(next)
                .hopLimit(HOPS)
                .srcAddr((Inet6Address) source)
                .dstAddr((Inet6Address) destination)
                .correctLengthAtBuild(true);
    }
}
