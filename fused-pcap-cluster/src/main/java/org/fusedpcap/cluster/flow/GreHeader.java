package org.fusedpcap.cluster.flow;

/**
 * GRE (RFC 2784, RFC 2890, RFC 1701), PPTP's variant of it (RFC 2637), and what is carried in it:
 * IP, MPLS, Ethernet frames, PPP, and the frames that switches mirror by ERSPAN.
 */
final class GreHeader {

    private static final int LENGTH = 4;
    private static final int WORD = 4;

    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGEMENT = 0x0080;
    private static final int VERSION = 0x0007;

    private static final int PPP = 0x880b;
    private static final int ERSPAN = 0x88be;
    private static final int ERSPAN_LENGTH = 8;
    private static final int ERSPAN_3 = 0x22eb;
    private static final int ERSPAN_3_LENGTH = 12;
    private static final int ERSPAN_3_SUBHEADER_LENGTH = 8;

    private GreHeader() {}

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        int flags = cursor.u16(0);
        int type = cursor.u16(2);
        int version = flags & VERSION;
        if (version > 1 || version == 0 && (flags & ROUTING) != 0) {
            // Source routes were never used, and RFC 2784 has receivers discard them.
            cursor.stop();
            return;
        }
        int length = length(flags, version);
        switch (type) {
            case PPP -> cursor.next(Layer.PPP, length);
            case ERSPAN -> cursor.next(Layer.ETHERNET, length + erspanLength(flags));
            case ERSPAN_3 -> readErspan3(cursor, length);
            default -> EtherTypes.follow(frame, length, type);
        }
    }

    private static int length(int flags, int version) {
        int length = LENGTH;
        length += (flags & CHECKSUM) != 0 ? WORD : 0;
        length += (flags & KEY) != 0 ? WORD : 0;
        length += (flags & SEQUENCE) != 0 ? WORD : 0;
        length += version == 1 && (flags & ACKNOWLEDGEMENT) != 0 ? WORD : 0;
        return length;
    }

    // Type I of ERSPAN has no sequence number and no header of its own.
    private static int erspanLength(int flags) {
        return (flags & SEQUENCE) != 0 ? ERSPAN_LENGTH : 0;
    }

    private static void readErspan3(HeaderCursor cursor, int length) {
        if (!cursor.has(length + ERSPAN_3_LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        boolean subheader = (cursor.u8(length + ERSPAN_3_LENGTH - 1) & 1) != 0;
        int sublength = subheader ? ERSPAN_3_SUBHEADER_LENGTH : 0;
        cursor.next(Layer.ETHERNET, length + ERSPAN_3_LENGTH + sublength);
    }
}
