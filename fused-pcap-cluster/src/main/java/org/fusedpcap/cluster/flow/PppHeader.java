package org.fusedpcap.cluster.flow;

/**
 * PPP (RFC 1661), in HDLC-like framing (RFC 1662), in Cisco's framing, and over Ethernet (RFC
 * 2516).
 */
final class PppHeader {

    private static final int IPV4 = 0x0021;
    private static final int IPV6 = 0x0057;
    private static final int MPLS = 0x0281;
    private static final int MPLS_MULTICAST = 0x0283;

    private static final int HDLC_ALL_STATIONS = 0xff03;
    private static final int CISCO_UNICAST = 0x0f;
    private static final int CISCO_MULTICAST = 0x8f;
    private static final int CISCO_LENGTH = 4;

    private static final int PPPOE_LENGTH = 6;

    private PppHeader() {}

    /** The link types whose frames are PPP from their first byte on. */
    static void readLink(Dissection frame) {
        frame.key.link(0, 0);
        HeaderCursor cursor = frame.cursor;
        if (cursor.has(CISCO_LENGTH) && isCisco(cursor.u8(0))) {
            EtherTypes.follow(frame, CISCO_LENGTH, cursor.u16(2));
        } else {
            read(frame);
        }
    }

    private static boolean isCisco(int address) {
        return address == CISCO_UNICAST || address == CISCO_MULTICAST;
    }

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (cursor.has(2) && cursor.u16(0) == HDLC_ALL_STATIONS) {
            cursor.skip(2);
        }
        if (!cursor.has(2)) {
            cursor.stopDamaged();
            return;
        }
        // An odd first byte is a whole protocol number, compressed (RFC 1661 section 6.5).
        boolean compressed = (cursor.u8(0) & 1) != 0;
        int protocol = compressed ? cursor.u8(0) : cursor.u16(0);
        frame.key.etherType(protocol);
        cursor.next(layer(protocol), compressed ? 1 : 2);
    }

    private static Layer layer(int protocol) {
        return switch (protocol) {
            case IPV4 -> Layer.IPV4;
            case IPV6 -> Layer.IPV6;
            case MPLS, MPLS_MULTICAST -> Layer.MPLS;
            default -> Layer.DONE;
        };
    }

    /** PPPoE as a link type of its own, without an Ethernet header. */
    static void readPppoeLink(Dissection frame) {
        frame.key.link(0, 0);
        frame.key.etherType(EtherTypes.PPPOE_SESSION);
        readPppoe(frame);
    }

    static void readPppoe(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(PPPOE_LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        boolean isSession = cursor.u16(0) == 0x1100;
        cursor.next(isSession ? Layer.PPP : Layer.DONE, PPPOE_LENGTH);
    }
}
