package org.fusedpcap.cluster.flow;

/**
 * IEEE 802.2 LLC. The two SNAP forms that carry IP are read here (RFC 1042, and the bridge tunnel
 * encapsulation of IEEE 802.1H); all others are left to pcap4j.
 */
final class LlcHeader {

    private static final int SNAP_LENGTH = 8;
    private static final int SNAP_TYPE = 6;
    private static final long SNAP_MASK = 0xffff_ffff_ffff_0000L;
    private static final long RFC_1042 = 0xaaaa_0300_0000_0000L;
    private static final long BRIDGE_TUNNEL = 0xaaaa_0300_00f8_0000L;

    private LlcHeader() {}

    static void read(Dissection frame) {
        if (isSnap(frame.cursor)) {
            EtherTypes.follow(frame, SNAP_LENGTH, frame.cursor.u16(SNAP_TYPE));
        } else {
            frame.declined.read(frame);
        }
    }

    private static boolean isSnap(HeaderCursor cursor) {
        if (!cursor.has(SNAP_LENGTH)) {
            return false;
        }
        long header = cursor.i64(0) & SNAP_MASK;
        return header == RFC_1042 || header == BRIDGE_TUNNEL;
    }
}
