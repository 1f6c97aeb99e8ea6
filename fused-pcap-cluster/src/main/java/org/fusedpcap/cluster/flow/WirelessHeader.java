package org.fusedpcap.cluster.flow;

/**
 * IEEE 802.11. Its own numbers are little-endian; of those only single bytes are looked at here.
 *
 * @see <a href="https://www.tcpdump.org/linktypes/LINKTYPE_IEEE802_11.html">LINKTYPE_IEEE802_11</a>
 */
final class WirelessHeader {

    private static final int ADDRESS_1 = 4;
    private static final int ADDRESS_2 = 10;
    private static final int ADDRESS_3 = 16;
    private static final int SEQUENCE = 22;
    private static final int ADDRESS_4 = 24;
    private static final int LENGTH = 24;
    private static final int MAC_LENGTH = 6;
    private static final int QOS_LENGTH = 2;
    private static final int HT_LENGTH = 4;
    private static final int SUBFRAME_LENGTH = 14;

    private static final int CONTROL = 1;
    private static final int DATA = 2;

    private static final int SUBTYPE_NO_DATA = 0x40;
    private static final int SUBTYPE_QOS = 0x80;
    private static final int TO_DS = 0x01;
    private static final int FROM_DS = 0x02;
    private static final int PROTECTED = 0x40;
    private static final int ORDER = 0x80;
    private static final int FRAGMENT_NUMBER = 0x0f;
    private static final int QOS_AGGREGATE = 0x80;

    private WirelessHeader() {}

    static void read(Dissection frame) {
        read(frame, false);
    }

    /**
     * Reads a frame's header.
     *
     * @param padded whether the header is filled up to a multiple of four bytes
     */
    static void read(Dissection frame, boolean padded) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(ADDRESS_1 + MAC_LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        int type = cursor.u8(0) >>> 2 & 3;
        if (!cursor.has(LENGTH)) {
            // Acknowledgements and the like are this short.
            readShort(frame, type);
        } else if (type == DATA) {
            readData(frame, padded);
        } else {
            frame.key.link(cursor.mac(ADDRESS_2), cursor.mac(ADDRESS_1));
            cursor.stop();
        }
    }

    private static void readShort(Dissection frame, int type) {
        HeaderCursor cursor = frame.cursor;
        boolean hasSender = cursor.has(ADDRESS_2 + MAC_LENGTH);
        frame.key.link(hasSender ? cursor.mac(ADDRESS_2) : 0, cursor.mac(ADDRESS_1));
        if (type == CONTROL) {
            cursor.stop();
        } else {
            cursor.stopDamaged();
        }
    }

    private static void readData(Dissection frame, boolean padded) {
        HeaderCursor cursor = frame.cursor;
        boolean fourAddresses = (cursor.u8(1) & (TO_DS | FROM_DS)) == (TO_DS | FROM_DS);
        if (fourAddresses && !cursor.has(ADDRESS_4 + MAC_LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        frame.key.link(cursor.mac(sourceAt(cursor)), cursor.mac(destinationAt(cursor)));
        if (isReadable(cursor)) {
            readBody(frame, fourAddresses ? LENGTH + MAC_LENGTH : LENGTH, padded);
        } else {
            cursor.stop();
        }
    }

    private static int destinationAt(HeaderCursor cursor) {
        return (cursor.u8(1) & TO_DS) == 0 ? ADDRESS_1 : ADDRESS_3;
    }

    private static int sourceAt(HeaderCursor cursor) {
        return switch (cursor.u8(1) & (TO_DS | FROM_DS)) {
            case FROM_DS -> ADDRESS_3;
            case TO_DS | FROM_DS -> ADDRESS_4;
            default -> ADDRESS_2;
        };
    }

    // Encrypted, without data, or a later piece of a frame, which begins in the middle of a packet.
    private static boolean isReadable(HeaderCursor cursor) {
        return (cursor.u8(1) & PROTECTED) == 0
                && (cursor.u8(0) & SUBTYPE_NO_DATA) == 0
                && (cursor.u8(SEQUENCE) & FRAGMENT_NUMBER) == 0;
    }

    private static void readBody(Dissection frame, int addressesEnd, boolean padded) {
        HeaderCursor cursor = frame.cursor;
        boolean qos = (cursor.u8(0) & SUBTYPE_QOS) != 0;
        boolean highThroughput = qos && (cursor.u8(1) & ORDER) != 0;
        int length = addressesEnd + (qos ? QOS_LENGTH : 0) + (highThroughput ? HT_LENGTH : 0);
        if (!cursor.has(length)) {
            cursor.stopDamaged();
            return;
        }
        boolean aggregate = qos && (cursor.u8(addressesEnd) & QOS_AGGREGATE) != 0;
        cursor.skip(padded ? length + 3 & ~3 : length);
        if (aggregate) {
            readSubframe(frame);
        } else {
            cursor.next(Layer.LLC, 0);
        }
    }

    // The first of several frames sent as one, to the same receiver: it stands for them all.
    private static void readSubframe(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (cursor.has(SUBFRAME_LENGTH)) {
            cursor.next(Layer.LLC, SUBFRAME_LENGTH);
        } else {
            cursor.stopDamaged();
        }
    }
}
