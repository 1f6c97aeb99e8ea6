package org.fusedpcap.fs.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Steps through the events that one read(2) of an inotify descriptor has brought.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                       watch descriptor                        |  0
 *  |                             mask                              |  4
 *  |                            cookie                             |  8
 *  |                 length of the name, padded                    | 12
 *  |                 name, zero-terminated, padded                ...| 16
 * </pre>
 *
 * Not thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
final class InotifyEvents {

    static final int IN_MODIFY = 0x2;
    static final int IN_ATTRIB = 0x4;
    static final int IN_CLOSE_WRITE = 0x8;
    static final int IN_MOVED_FROM = 0x40;
    static final int IN_MOVED_TO = 0x80;
    static final int IN_CREATE = 0x100;
    static final int IN_DELETE = 0x200;
    static final int IN_DELETE_SELF = 0x400;
    static final int IN_MOVE_SELF = 0x800;
    static final int IN_UNMOUNT = 0x2000;
    static final int IN_Q_OVERFLOW = 0x4000;
    static final int IN_IGNORED = 0x8000;
    static final int IN_ONLYDIR = 0x01000000;
    static final int IN_ISDIR = 0x40000000;

    private static final int MASK_OFFSET = 4;
    private static final int LENGTH_OFFSET = 12;
    private static final int HEADER_LENGTH = 16;

    // File names are bytes; the JDK's own listing turns them into text by this charset.
    private static final Charset NAMES = namesCharset();

    private final ByteBuffer bytes;
    private int at;
    private int next;

    InotifyEvents(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.nativeOrder());
    }

    /** Begins with the events in the first {@code length} bytes. */
    void begin(int length) {
        bytes.limit(length);
        next = 0;
    }

    /** Goes to the next event; false if there is none. */
    boolean next() {
        at = next;
        if (at + HEADER_LENGTH > bytes.limit()) {
            return false;
        }
        next = at + HEADER_LENGTH + bytes.getInt(at + LENGTH_OFFSET);
        return true;
    }

    int watch() {
        return bytes.getInt(at);
    }

    int mask() {
        return bytes.getInt(at + MASK_OFFSET);
    }

    /** The name in the directory; empty if the event is about the directory itself. */
    String name() {
        int length = 0;
        int limit = next - at - HEADER_LENGTH;
        while (length < limit && bytes.get(at + HEADER_LENGTH + length) != 0) {
            length++;
        }
        byte[] name = new byte[length];
        bytes.get(at + HEADER_LENGTH, name);
        return new String(name, NAMES);
    }

    private static Charset namesCharset() {
        String name = System.getProperty("sun.jnu.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }
}
