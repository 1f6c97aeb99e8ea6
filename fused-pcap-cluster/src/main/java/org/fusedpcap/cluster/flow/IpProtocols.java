package org.fusedpcap.cluster.flow;

/**
 * Protocols and extension headers of IP.
 *
 * @see <a href="https://www.iana.org/assignments/protocol-numbers">Protocol numbers</a>
 */
final class IpProtocols {

    static final int HOP_BY_HOP = 0;
    static final int ICMP = 1;
    static final int IPV4 = 4;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int DCCP = 33;
    static final int IPV6 = 41;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int GRE = 47;
    static final int AUTHENTICATION = 51;
    static final int ICMPV6 = 58;
    static final int DESTINATION_OPTIONS = 60;
    static final int SCTP = 132;
    static final int MOBILITY = 135;
    static final int UDP_LITE = 136;
    static final int MPLS = 137;
    static final int HIP = 139;
    static final int SHIM6 = 140;

    private IpProtocols() {}

    /** Whether a packet begins with a source and a destination port of two bytes each. */
    static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case TCP, UDP, DCCP, SCTP, UDP_LITE -> true;
            default -> false;
        };
    }

    /** Whether a protocol can carry another packet or frame that is looked into. */
    static boolean isTunnel(int protocol) {
        return switch (protocol) {
            case IPV4, UDP, IPV6, GRE, MPLS -> true;
            default -> false;
        };
    }

    /** Whether a number is an IPv6 extension header that names the header behind it. */
    static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP,
                    ROUTING,
                    FRAGMENT,
                    AUTHENTICATION,
                    DESTINATION_OPTIONS,
                    MOBILITY,
                    HIP,
                    SHIM6 ->
                    true;
            default -> false;
        };
    }
}
