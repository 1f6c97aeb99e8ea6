package org.fusedpcap.cluster.flow;

/**
 * Linux cooked capture. It has the sender's address alone, which differs between the directions of
 * a conversation, so no address of it is used.
 *
 * @see <a href="https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html">LINKTYPE_LINUX_SLL</a>
 * @see <a href="https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html">LINKTYPE_LINUX_SLL2</a>
 */
final class CookedHeader {

    private static final int LENGTH_1 = 16;
    private static final int HARDWARE_1 = 2;
    private static final int PROTOCOL_1 = 14;

    private static final int LENGTH_2 = 20;
    private static final int HARDWARE_2 = 8;
    private static final int PROTOCOL_2 = 0;

    private static final int HARDWARE_NETLINK = 824;
    private static final int PROTOCOL_802_2 = 4;

    private CookedHeader() {}

    static void readVersion1(Dissection frame) {
        read(frame, LENGTH_1, HARDWARE_1, PROTOCOL_1);
    }

    static void readVersion2(Dissection frame) {
        read(frame, LENGTH_2, HARDWARE_2, PROTOCOL_2);
    }

    private static void read(Dissection frame, int length, int hardwareAt, int protocolAt) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(length)) {
            cursor.stopDamaged();
            return;
        }
        frame.key.link(0, 0);
        int protocol = cursor.u16(protocolAt);
        if (cursor.u16(hardwareAt) == HARDWARE_NETLINK) {
            // Its protocols are netlink families, which only look like EtherTypes.
            frame.key.etherType(protocol);
            cursor.stop();
        } else if (protocol == PROTOCOL_802_2) {
            cursor.next(Layer.LLC, length);
        } else {
            EtherTypes.follow(frame, length, protocol);
        }
    }
}
