package org.fusedpcap.cluster.flow;

/**
 * The link layers that say little more than the version of IP: BSD loopback and raw IP.
 *
 * @see <a href="https://www.tcpdump.org/linktypes/LINKTYPE_NULL.html">LINKTYPE_NULL</a>
 */
final class LoopbackHeader {

    private static final int LENGTH = 4;
    private static final int INET = 2;
    private static final int INET6_LINUX = 10;
    private static final int INET6_NETBSD = 24;
    private static final int INET6_FREEBSD = 28;
    private static final int INET6_DARWIN = 30;

    private LoopbackHeader() {}

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        frame.key.link(0, 0);
        int family = family(cursor.i32(0));
        frame.key.etherType(family);
        cursor.next(layer(family), LENGTH);
    }

    // Families are small numbers: a large one was written by a machine of the other byte order.
    private static int family(int bigEndian) {
        return bigEndian >>> 16 == 0 ? bigEndian : Integer.reverseBytes(bigEndian) & 0xffff;
    }

    private static Layer layer(int family) {
        return switch (family) {
            case INET -> Layer.IPV4;
            case INET6_LINUX, INET6_NETBSD, INET6_FREEBSD, INET6_DARWIN -> Layer.IPV6;
            default -> Layer.DONE;
        };
    }

    /** Moves on to an IP packet, which says itself which version it is. */
    static void readIfIp(HeaderCursor cursor) {
        switch (cursor.has(1) ? cursor.u8(0) >>> 4 : 0) {
            case 4 -> cursor.next(Layer.IPV4, 0);
            case 6 -> cursor.next(Layer.IPV6, 0);
            default -> cursor.stopDamaged();
        }
    }
}
