package org.fusedpcap.cluster.flow;

/** IPv6 and its extension headers (RFC 8200, RFC 4302, RFC 6275, RFC 7401, RFC 5533). */
final class Ipv6Header {

    /** Length without extension headers, in bytes. */
    static final int LENGTH = 40;

    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;

    private static final int MAX_EXTENSIONS = 16;
    private static final int EXTENSION_LENGTH = 8;
    private static final int FRAGMENT_FIELD = 2;
    private static final int MORE_FRAGMENTS = 1;
    private static final int IDENTIFICATION = 4;

    private Ipv6Header() {}

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(LENGTH) || cursor.u8(0) >>> 4 != 6) {
            cursor.stopDamaged();
            return;
        }
        int nextHeader = cursor.u8(NEXT_HEADER);
        frame.key.ipv6(
                cursor.i64(SOURCE),
                cursor.i64(SOURCE + Long.BYTES),
                cursor.i64(DESTINATION),
                cursor.i64(DESTINATION + Long.BYTES),
                nextHeader);
        narrow(frame);
        cursor.skip(LENGTH);
        readExtensions(frame, nextHeader);
    }

    /** The packet's length as the header that begins {@code skip} bytes on says it. */
    static int totalLength(HeaderCursor cursor, int skip) {
        return LENGTH + cursor.u16(skip + PAYLOAD_LENGTH);
    }

    // A length of 0 is a jumbogram's, or as with IPv4.
    private static void narrow(Dissection frame) {
        int length = totalLength(frame.cursor, 0);
        if (length != LENGTH && !frame.isQuoted()) {
            frame.cursor.narrow(length);
        }
    }

    private static void readExtensions(Dissection frame, int firstHeader) {
        HeaderCursor cursor = frame.cursor;
        int header = firstHeader;
        for (int i = 0; i < MAX_EXTENSIONS && IpProtocols.isExtension(header); i++) {
            if (!cursor.has(EXTENSION_LENGTH)) {
                cursor.stopDamaged();
                return;
            }
            int following = cursor.u8(0);
            frame.key.protocol(following);
            if (header == IpProtocols.FRAGMENT && readFragment(frame)) {
                frame.readIpPayload(EXTENSION_LENGTH, following, true);
                return;
            }
            cursor.skip(extensionLength(cursor, header));
            header = following;
        }
        frame.readIpPayload(0, header, false);
    }

    private static int extensionLength(HeaderCursor cursor, int header) {
        return switch (header) {
            case IpProtocols.FRAGMENT -> EXTENSION_LENGTH;
            case IpProtocols.AUTHENTICATION -> (cursor.u8(1) + 2) * 4;
            default -> (cursor.u8(1) + 1) * EXTENSION_LENGTH;
        };
    }

    /** Returns whether this is a fragment other than the first. */
    private static boolean readFragment(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        int field = cursor.u16(FRAGMENT_FIELD);
        int start = field & ~7;
        boolean more = (field & MORE_FRAGMENTS) != 0;
        // Neither: an atomic fragment, a whole packet with a fragment header (RFC 6946).
        if (start != 0 || more) {
            int length = cursor.wireRemaining() - EXTENSION_LENGTH;
            frame.fragments.here(cursor.i32(IDENTIFICATION), start, length, more);
        }
        return start != 0;
    }
}
