package org.fusedpcap.cluster.flow;

/** Ethernet II, IEEE 802.3, and the tags of IEEE 802.1Q and 802.1ad. */
final class EthernetHeader {

    static final int LENGTH = 14;

    private static final int SOURCE = 6;
    private static final int TYPE = 12;
    private static final int TAG_LENGTH = 4;
    private static final int VLAN_ID_MASK = 0xfff;

    private EthernetHeader() {}

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        frame.key.link(cursor.mac(SOURCE), cursor.mac(0));
        followTypeOrLength(frame, LENGTH, cursor.u16(TYPE));
    }

    /** Reads one tag; the cursor stands behind its TPID. */
    static void readTag(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(TAG_LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        frame.key.vlan(cursor.u16(0) & VLAN_ID_MASK);
        followTypeOrLength(frame, TAG_LENGTH, cursor.u16(2));
    }

    /** Whether an Ethernet frame with a well-known type seems to begin {@code skip} bytes on. */
    static boolean isLikely(HeaderCursor cursor, int skip) {
        return cursor.has(skip + LENGTH) && EtherTypes.isCommon(cursor.u16(skip + TYPE));
    }

    private static void followTypeOrLength(Dissection frame, int headerLength, int type) {
        if (type <= EtherTypes.LARGEST_LENGTH) {
            frame.cursor.next(Layer.LLC, headerLength);
            frame.cursor.narrow(type);
        } else {
            EtherTypes.follow(frame, headerLength, type);
        }
    }
}
