package org.fusedpcap.cluster.flow;

/** IPv4 (RFC 791). */
final class Ipv4Header {

    /** Length without options, in bytes. */
    static final int LENGTH = 20;

    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET = 0x1fff;
    private static final int FRAGMENT_UNIT = 8;

    private Ipv4Header() {}

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(LENGTH) || cursor.u8(0) >>> 4 != 4) {
            cursor.stopDamaged();
            return;
        }
        int protocol = cursor.u8(PROTOCOL);
        frame.key.ipv4(cursor.i32(SOURCE), cursor.i32(DESTINATION), protocol);
        int headerLength = (cursor.u8(0) & 0xf) * 4;
        if (headerLength < LENGTH) {
            cursor.stopDamaged();
            return;
        }
        readFragment(frame, headerLength, protocol);
    }

    /** The packet's length as the header that begins {@code skip} bytes on says it. */
    static int totalLength(HeaderCursor cursor, int skip) {
        return cursor.u16(skip + TOTAL_LENGTH);
    }

    private static void readFragment(Dissection frame, int headerLength, int protocol) {
        HeaderCursor cursor = frame.cursor;
        int fragment = cursor.u16(FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET);
        if (fragment != 0) {
            frame.fragments.here(
                    cursor.u16(IDENTIFICATION),
                    (fragment & FRAGMENT_OFFSET) * FRAGMENT_UNIT,
                    totalLength(cursor, 0) - headerLength,
                    (fragment & MORE_FRAGMENTS) != 0);
        }
        narrow(frame);
        frame.readIpPayload(headerLength, protocol, (fragment & FRAGMENT_OFFSET) != 0);
    }

    // A length of 0 is what a capture on the sender has of a packet that the network card cuts up.
    private static void narrow(Dissection frame) {
        int length = totalLength(frame.cursor, 0);
        if (length != 0 && !frame.isQuoted()) {
            frame.cursor.narrow(length);
        }
    }
}
