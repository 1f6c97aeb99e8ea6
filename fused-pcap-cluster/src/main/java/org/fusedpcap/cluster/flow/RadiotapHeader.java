package org.fusedpcap.cluster.flow;

/**
 * The radiotap header before an 802.11 frame. All numbers are little-endian.
 *
 * @see <a href="https://www.radiotap.org">radiotap.org</a>
 */
final class RadiotapHeader {

    private static final int LENGTH = 8;
    private static final int LENGTH_FIELD = 2;
    private static final int PRESENT = 4;
    private static final int PRESENT_LAST_BYTE = 7;
    private static final int MAX_PRESENT_WORDS = 16;

    private static final int HAS_TIMER = 0x01;
    private static final int HAS_FLAGS = 0x02;
    private static final int HAS_MORE_WORDS = 0x80;
    private static final int TIMER_LENGTH = 8;
    private static final int FLAG_PADDED = 0x20;

    private RadiotapHeader() {}

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        int length = cursor.u8(LENGTH_FIELD) | cursor.u8(LENGTH_FIELD + 1) << 8;
        if (length < LENGTH || !cursor.has(length)) {
            cursor.stopDamaged();
            return;
        }
        boolean padded = isPadded(cursor, length);
        cursor.skip(length);
        WirelessHeader.read(frame, padded);
    }

    private static boolean isPadded(HeaderCursor cursor, int length) {
        if ((cursor.u8(PRESENT) & HAS_FLAGS) == 0) {
            return false;
        }
        int flags = flagsAt(cursor, length);
        return flags < length && (cursor.u8(flags) & FLAG_PADDED) != 0;
    }

    // The fields begin behind the last of the words that say which there are, each aligned.
    private static int flagsAt(HeaderCursor cursor, int length) {
        int fields = LENGTH;
        int lastByte = PRESENT_LAST_BYTE;
        for (int i = 0; i < MAX_PRESENT_WORDS; i++) {
            if (lastByte >= length || (cursor.u8(lastByte) & HAS_MORE_WORDS) == 0) {
                break;
            }
            fields += Integer.BYTES;
            lastByte += Integer.BYTES;
        }
        boolean hasTimer = (cursor.u8(PRESENT) & HAS_TIMER) != 0;
        return hasTimer ? (fields + TIMER_LENGTH - 1 & -TIMER_LENGTH) + TIMER_LENGTH : fields;
    }
}
