package org.fusedpcap.testkit.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What every generated frame says about itself, {@value #LENGTH} bytes somewhere in its payload.
 * Immutable. The length is what a frame of 64 bytes with Ethernet, IPv4 and UDP headers has left.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                       magic f0 5e d9 ca                       |  0
 *  +---------+-+-+-+-----------------------------------------------+
 *  | 0 0 0 T R kind|           sequence number in the stream ...   |  4
 *  +---------------+---------------+-------------------------------+
 *  |    ... sequence number        |        conversation ...       |  8
 *  +---------------+---------------+-------------------------------+
 *  |  ... conv.    |   sequence number in the conversation ...     | 12
 *  +---------------+-----------------------------------------------+
 *  |  ... number   |                 address pair                  | 16
 *  +---------------+---------------+-------------------------------+
 *  |  VLAN stack   |     check     |                                 20
 *  +---------------+---------------+
 * </pre>
 *
 * T: the conversation is inside a tunnel with IP addresses of its own; R: sent by the second host.
 *
 * @param kind what the frame is to its conversation
 * @param reply whether the second host of the conversation sent it
 * @param tunnelled whether the conversation is inside an IP tunnel; tunnels and address pairs are
 *     one to one
 * @param sequence number of the packet in the stream, 0 to {@link #MAX_SEQUENCE}
 * @param conversation number of the conversation, 0 to {@link #MAX_CONVERSATION}
 * @param conversationSequence number of the packet in its conversation, wraps after 2³²; fragments
 *     have theirs from when their datagram was begun
 * @param pair number of the pair of addresses, 0 to {@link #MAX_CONVERSATION}
 * @param vlan number of the stack of VLAN tags, 0–255; 0 is no tag
 */
public record Marker(
        FrameKind kind,
        boolean reply,
        boolean tunnelled,
        long sequence,
        int conversation,
        int conversationSequence,
        int pair,
        int vlan) {

    /** Length of a marker, in bytes. */
    public static final int LENGTH = 22;

    /** The first four bytes of every marker, big endian; they occur in no filler. */
    public static final int MAGIC = 0xf05ed9ca;

    /** The largest sequence number. */
    public static final long MAX_SEQUENCE = (1L << 40) - 1;

    /** The largest number of a conversation or an address pair. */
    public static final int MAX_CONVERSATION = (1 << 24) - 1;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final FrameKind[] KINDS = FrameKind.values();

    private static final int FIRST_OFFSET = 4;
    private static final int SECOND_OFFSET = 12;
    private static final int VLAN_OFFSET = 20;
    private static final int CHECK_OFFSET = 21;

    private static final int REPLY = 0x08;
    private static final int TUNNELLED = 0x10;
    private static final int KIND_MASK = 0x07;

    /** Checks the ranges. */
    public Marker {
        if (sequence < 0
                || sequence > MAX_SEQUENCE
                || (conversation & ~MAX_CONVERSATION) != 0
                || (pair & ~MAX_CONVERSATION) != 0
                || (vlan & ~0xff) != 0) {
            throw new IllegalArgumentException(
                    "out of range: packet " + sequence + " of conversation " + conversation);
        }
    }

    /**
     * Writes this marker.
     *
     * @param out where to
     * @param offset where it begins in {@code out}
     * @return the sum of its bytes as eleven big-endian 16-bit words, not folded, as an internet
     *     checksum over it needs it
     */
    int write(byte[] out, int offset) {
        long first = first();
        long second = second();
        int check = check(first, second, vlan);
        INT.set(out, offset, MAGIC);
        LONG.set(out, offset + FIRST_OFFSET, first);
        LONG.set(out, offset + SECOND_OFFSET, second);
        out[offset + VLAN_OFFSET] = (byte) vlan;
        out[offset + CHECK_OFFSET] = (byte) check;
        return (MAGIC >>> 16)
                + (MAGIC & 0xffff)
                + words(first)
                + words(second)
                + (vlan << 8)
                + check;
    }

    private long first() {
        int flags = kind.ordinal() | (reply ? REPLY : 0) | (tunnelled ? TUNNELLED : 0);
        return (long) flags << 56 | sequence << 16 | conversation >>> 8;
    }

    private long second() {
        return (long) (conversation & 0xff) << 56
                | (conversationSequence & 0xffffffffL) << 24
                | (long) pair;
    }

    /**
     * Searches a frame for its marker.
     *
     * @param bytes holds the frame
     * @param offset where the frame begins in {@code bytes}
     * @param length the frame's length, in bytes
     * @return the first marker in the frame; empty if there is none, or only the beginning of one
     */
    public static Optional<Marker> find(byte[] bytes, int offset, int length) {
        int last = offset + length - LENGTH;
        for (int i = offset; i <= last; i++) {
            if (bytes[i] == (byte) (MAGIC >>> 24)
                    && (int) INT.get(bytes, i) == MAGIC
                    && isWhole(bytes, i)) {
                return Optional.of(read(bytes, i));
            }
        }
        return Optional.empty();
    }

    private static boolean isWhole(byte[] bytes, int at) {
        long first = (long) LONG.get(bytes, at + FIRST_OFFSET);
        long second = (long) LONG.get(bytes, at + SECOND_OFFSET);
        return (first >>> 56 & KIND_MASK) < KINDS.length
                && (byte) check(first, second, bytes[at + VLAN_OFFSET] & 0xff)
                        == bytes[at + CHECK_OFFSET];
    }

    private static Marker read(byte[] bytes, int at) {
        long first = (long) LONG.get(bytes, at + FIRST_OFFSET);
        long second = (long) LONG.get(bytes, at + SECOND_OFFSET);
        int flags = (int) (first >>> 56);
        return new Marker(
                KINDS[flags & KIND_MASK],
                (flags & REPLY) != 0,
                (flags & TUNNELLED) != 0,
                first >>> 16 & MAX_SEQUENCE,
                (int) (first & 0xffff) << 8 | (int) (second >>> 56),
                (int) (second >>> 24),
                (int) second & MAX_CONVERSATION,
                bytes[at + VLAN_OFFSET] & 0xff);
    }

    // Noise that happens to hold the magic is told from a marker by this byte.
    private static int check(long first, long second, int vlan) {
        return (int) ((first * 0x9e3779b97f4a7c15L ^ second + vlan) * 0xbf58476d1ce4e5b9L >>> 56);
    }

    private static int words(long value) {
        return (int)
                ((value >>> 48)
                        + (value >>> 32 & 0xffff)
                        + (value >>> 16 & 0xffff)
                        + (value & 0xffff));
    }
}
