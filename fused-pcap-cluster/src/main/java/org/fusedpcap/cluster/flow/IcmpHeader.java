package org.fusedpcap.cluster.flow;

/**
 * ICMP (RFC 792) and ICMPv6 (RFC 4443). An error quotes the packet that it is about, and goes with
 * that one's conversation; its own addresses are often a router's.
 */
final class IcmpHeader {

    private static final int LENGTH = 8;

    private static final int UNREACHABLE = 3;
    private static final int SOURCE_QUENCH = 4;
    private static final int REDIRECT = 5;
    private static final int TIME_EXCEEDED = 11;
    private static final int PARAMETER_PROBLEM = 12;

    private static final int V6_UNREACHABLE = 1;
    private static final int V6_PARAMETER_PROBLEM = 4;

    private IcmpHeader() {}

    static boolean isIcmp(FlowKey key) {
        return switch (key.protocol()) {
            case IpProtocols.ICMP -> key.kind() == FlowKey.IPV4;
            case IpProtocols.ICMPV6 -> key.kind() == FlowKey.IPV6;
            default -> false;
        };
    }

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        // No error is ever about an error, so a quote is never quoted.
        if (frame.isQuoted()) {
            cursor.stop();
        } else if (!cursor.has(1)) {
            cursor.stopDamaged();
        } else if (isError(frame.key.kind(), cursor.u8(0))) {
            frame.quote();
            cursor.next(frame.key.kind() == FlowKey.IPV4 ? Layer.IPV4 : Layer.IPV6, LENGTH);
        } else {
            cursor.stop();
        }
    }

    private static boolean isError(int kind, int type) {
        if (kind == FlowKey.IPV6) {
            return type >= V6_UNREACHABLE && type <= V6_PARAMETER_PROBLEM;
        }
        return switch (type) {
            case UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM -> true;
            default -> false;
        };
    }
}
