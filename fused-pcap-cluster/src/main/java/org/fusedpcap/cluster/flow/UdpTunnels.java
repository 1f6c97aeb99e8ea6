package org.fusedpcap.cluster.flow;

/**
 * VXLAN (RFC 7348), GENEVE (RFC 8926) and GTP-U (3GPP TS 29.281), known by the destination port.
 * Any program may use such a port, so each has to look like what it should be; else it is plain
 * UDP.
 */
final class UdpTunnels {

    private static final int UDP_LENGTH = 8;
    private static final int UDP_LENGTH_FIELD = 4;

    private static final int GTP_U_PORT = 2152;
    private static final int VXLAN_PORT = 4789;
    // What Linux takes by default, and so many container networks.
    private static final int VXLAN_LINUX_PORT = 8472;
    private static final int GENEVE_PORT = 6081;

    private static final int VXLAN_LENGTH = 8;
    private static final int VXLAN = 0x0800_0000;
    // The group policy extension (draft-smith-vxlan-group-policy): two flags, and a group id.
    private static final int VXLAN_WITH_POLICY = 0x8800_0000;
    private static final int VXLAN_POLICY_MASK = 0xffb7_0000;

    private static final int GENEVE_LENGTH = 8;
    private static final int GENEVE_MAX_OPTIONS = 0x3f;
    private static final int GENEVE_RESERVED = 0x3f;

    private static final int GTP_LENGTH = 8;
    private static final int GTP_VERSION_1 = 0x30;
    private static final int GTP_OPTIONAL = 0x07;
    private static final int GTP_EXTENSION = 0x04;
    private static final int GTP_PACKET = 255;
    private static final int GTP_LENGTH_WITH_OPTIONAL = 12;
    private static final int GTP_MAX_EXTENSIONS = 16;

    private UdpTunnels() {}

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        switch (frame.key.destinationPort()) {
            case VXLAN_PORT, VXLAN_LINUX_PORT -> readVxlan(cursor);
            case GENEVE_PORT -> readGeneve(frame);
            case GTP_U_PORT -> readGtp(cursor);
            default -> cursor.stop();
        }
    }

    private static void readVxlan(HeaderCursor cursor) {
        if (cursor.has(UDP_LENGTH + VXLAN_LENGTH)
                && isVxlan(cursor.i32(UDP_LENGTH))
                && cursor.u8(UDP_LENGTH + VXLAN_LENGTH - 1) == 0) {
            cursor.next(Layer.ETHERNET, UDP_LENGTH + VXLAN_LENGTH);
        } else {
            cursor.stop();
        }
    }

    private static boolean isVxlan(int flags) {
        return flags == VXLAN || (flags & VXLAN_POLICY_MASK) == VXLAN_WITH_POLICY;
    }

    private static void readGeneve(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(UDP_LENGTH + GENEVE_LENGTH) || !isGeneve(cursor)) {
            cursor.stop();
            return;
        }
        int optionsLength = cursor.u8(UDP_LENGTH) * 4;
        int headersLength = UDP_LENGTH + GENEVE_LENGTH + optionsLength;
        EtherTypes.follow(frame, headersLength, cursor.u16(UDP_LENGTH + 2));
    }

    // Version 0, which is in front of the length of the options, and zeroes where they have to be.
    private static boolean isGeneve(HeaderCursor cursor) {
        return cursor.u8(UDP_LENGTH) <= GENEVE_MAX_OPTIONS
                && (cursor.u8(UDP_LENGTH + 1) & GENEVE_RESERVED) == 0
                && cursor.u8(UDP_LENGTH + GENEVE_LENGTH - 1) == 0;
    }

    private static void readGtp(HeaderCursor cursor) {
        if (!cursor.has(UDP_LENGTH + GTP_LENGTH) || !isGtpPacket(cursor)) {
            cursor.stop();
            return;
        }
        boolean optional = (cursor.u8(UDP_LENGTH) & GTP_OPTIONAL) != 0;
        boolean extended = (cursor.u8(UDP_LENGTH) & GTP_EXTENSION) != 0;
        cursor.skip(UDP_LENGTH + (optional ? GTP_LENGTH_WITH_OPTIONAL : GTP_LENGTH));
        if (extended) {
            skipGtpExtensions(cursor);
        }
        LoopbackHeader.readIfIp(cursor);
    }

    private static boolean isGtpPacket(HeaderCursor cursor) {
        int lengthByUdp = cursor.u16(UDP_LENGTH_FIELD) - UDP_LENGTH - GTP_LENGTH;
        return (cursor.u8(UDP_LENGTH) & ~GTP_OPTIONAL) == GTP_VERSION_1
                && cursor.u8(UDP_LENGTH + 1) == GTP_PACKET
                && cursor.u16(UDP_LENGTH + 2) == lengthByUdp;
    }

    // The byte before each extension header is its type, 0 if there is none.
    private static void skipGtpExtensions(HeaderCursor cursor) {
        for (int i = 0; i < GTP_MAX_EXTENSIONS && cursor.has(1) && cursor.u8(-1) != 0; i++) {
            cursor.skip(Math.max(1, cursor.u8(0)) * 4);
        }
    }
}
