package org.fusedpcap.cluster.flow;

/**
 * An MPLS label stack (RFC 3032). Labels differ between the directions of a conversation, so none
 * is used. Nothing says what follows the last one; it is guessed as routers do it (RFC 4928): by
 * its first four bits.
 */
final class MplsHeader {

    private static final int LABEL_LENGTH = 4;
    private static final int MAX_LABELS = 16;
    private static final int BOTTOM_OF_STACK = 0x100;
    private static final int CONTROL_WORD_LENGTH = 4;
    private static final int MAX_PADDING = 64;

    private MplsHeader() {}

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (skipLabels(cursor) && cursor.has(1)) {
            readPayload(cursor);
        } else {
            cursor.stopDamaged();
        }
    }

    private static boolean skipLabels(HeaderCursor cursor) {
        for (int i = 0; i < MAX_LABELS && cursor.has(LABEL_LENGTH); i++) {
            int label = cursor.i32(0);
            cursor.skip(LABEL_LENGTH);
            if ((label & BOTTOM_OF_STACK) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void readPayload(HeaderCursor cursor) {
        // A MAC address can begin with 4 or 6 as well as a packet; the lengths tell them apart.
        if (EthernetHeader.isLikely(cursor, 0) && isIp(cursor, EthernetHeader.LENGTH)) {
            cursor.next(Layer.ETHERNET, 0);
        } else if (isIp(cursor, 0) || !readPseudoWire(cursor)) {
            readByVersion(cursor);
        }
    }

    private static boolean isIp(HeaderCursor cursor, int skip) {
        if (!cursor.has(skip + Ipv4Header.LENGTH)) {
            return false;
        }
        int length =
                switch (cursor.u8(skip) >>> 4) {
                    case 4 -> Ipv4Header.totalLength(cursor, skip);
                    case 6 -> Ipv6Header.totalLength(cursor, skip);
                    default -> Integer.MAX_VALUE;
                };
        int padding = cursor.wireRemaining() - skip - length;
        return padding >= 0 && padding < MAX_PADDING;
    }

    // A frame follows the label at once, or a control word of RFC 4385, which is mostly zero. A
    // tagged frame without one has its second type where a frame behind one has its first.
    private static boolean readPseudoWire(HeaderCursor cursor) {
        boolean direct = EthernetHeader.isLikely(cursor, 0);
        boolean behindWord = EthernetHeader.isLikely(cursor, CONTROL_WORD_LENGTH);
        if (behindWord && (!direct || cursor.i32(0) == 0)) {
            cursor.next(Layer.ETHERNET, CONTROL_WORD_LENGTH);
        } else if (direct) {
            cursor.next(Layer.ETHERNET, 0);
        }
        return direct || behindWord;
    }

    private static void readByVersion(HeaderCursor cursor) {
        switch (cursor.u8(0) >>> 4) {
            case 4 -> cursor.next(Layer.IPV4, 0);
            case 6 -> cursor.next(Layer.IPV6, 0);
            default -> cursor.stop();
        }
    }
}
