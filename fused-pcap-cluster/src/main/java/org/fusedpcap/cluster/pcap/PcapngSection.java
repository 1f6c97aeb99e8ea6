package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The section that a walk through the blocks of pcapng is in: its byte order and its interfaces.
 * For one thread.
 *
 * <p>A second walk that runs ahead of the first one {@linkplain #set sets} its section to the
 * first's. They share the list of interfaces then; as both walk over the same blocks, what one of
 * them adds is what the other one will add.
 */
public final class PcapngSection {

    /** What is told of a packet whose interface was not described. */
    public static final int UNKNOWN_LINK_TYPE = -1;

    /** So many interfaces are known at most; a description is some 20 bytes, so more are absurd. */
    private static final int MOST_INTERFACES = 1 << 16;

    private static final long[] NO_INTERFACES = {};
    private static final int FEW = 4;

    private ByteOrder order = ByteOrder.BIG_ENDIAN;

    /** Link type in the upper half, snaplen in the lower. */
    private long[] interfaces = NO_INTERFACES;

    /** Number of interfaces, though more than {@link #MOST_INTERFACES} are not known. */
    private int count;

    /** Byte order of the blocks that follow. */
    public ByteOrder order() {
        return order;
    }

    /** Takes over what another walk knows. */
    public void set(PcapngSection other) {
        order = other.order;
        interfaces = other.interfaces;
        count = other.count;
    }

    /**
     * Takes note of a block.
     *
     * @param bytes holds the block, in its byte order
     * @param index where it begins, absolute in {@code bytes}
     */
    public void pass(ByteBuffer bytes, int index) {
        int type = bytes.getInt(index);
        if (type == PcapngFormat.SECTION_HEADER) {
            order = bytes.order();
            interfaces = NO_INTERFACES;
            count = 0;
        } else if (type == PcapngFormat.INTERFACE_DESCRIPTION) {
            if (count < MOST_INTERFACES) {
                describe(
                        InterfaceDescription.linkType(bytes, index),
                        InterfaceDescription.snaplen(bytes, index));
            }
            count++;
        }
    }

    /**
     * What Wireshark makes of a block, of which it is taken note. It stops with an error at a
     * packet of an interface that was not described or longer than any of its link type, at a
     * simple packet of another length than its block, and at a section of an unknown version.
     *
     * @param bytes holds the block's header, in its byte order
     * @param index where it begins, absolute in {@code bytes}
     * @param length of the block, as {@link Framing#unitLength} told it
     */
    UnitKind judge(ByteBuffer bytes, int index, int length) {
        int type = bytes.getInt(index);
        // Nearly all blocks are of this type, so it has a way of its own.
        if (type == PcapngFormat.ENHANCED_PACKET) {
            return packet(
                    isDescribed(bytes.getInt(index + PcapngFormat.BODY_OFFSET))
                            && isShortEnough(bytes, index, length));
        }
        if (PcapngFormat.isPacket(type)) {
            return packet(
                    isDescribed(PcapngFormat.interfaceOf(bytes, index))
                            && fillsItsBlock(bytes, index, length)
                            && isShortEnough(bytes, index, length));
        }
        if (type == PcapngFormat.SECTION_HEADER && !PcapngFormat.isKnownVersion(bytes, index)) {
            return UnitKind.UNREADABLE;
        }
        pass(bytes, index);
        return UnitKind.OTHER;
    }

    private static UnitKind packet(boolean readable) {
        return readable ? UnitKind.PACKET : UnitKind.UNREADABLE;
    }

    private boolean isDescribed(int number) {
        return Integer.compareUnsigned(number, count) < 0;
    }

    private boolean isShortEnough(ByteBuffer bytes, int index, int length) {
        return length <= PcapFormat.MAX_SNAPLEN
                || capturedLength(bytes, index, length)
                        <= LinkTypes.largestPacket(linkTypeOf(bytes, index));
    }

    /** Whether a packet block has no room that is not used, but for options and padding. */
    private boolean fillsItsBlock(ByteBuffer bytes, int index, int length) {
        if (bytes.getInt(index) != PcapngFormat.SIMPLE_PACKET) {
            return true;
        }
        int room = length - PcapngFormat.SIMPLE_PACKET_OFFSET - Integer.BYTES;
        long unused = room - simpleLength(bytes, index);
        return unused >= 0 && unused < Integer.BYTES;
    }

    /** Memory of its interfaces, in bytes. */
    public long bytes() {
        return (long) Long.BYTES * interfaces.length;
    }

    private void describe(int linkType, int snaplen) {
        if (count == interfaces.length) {
            interfaces = Arrays.copyOf(interfaces, Math.max(FEW, count * 2));
        }
        interfaces[count] = (long) linkType << Integer.SIZE | snaplen & 0xffff_ffffL;
    }

    /**
     * Link type of a packet block's interface, or {@link #UNKNOWN_LINK_TYPE}.
     *
     * @param bytes holds the block, in its byte order
     * @param index where it begins, absolute in {@code bytes}
     */
    public int linkTypeOf(ByteBuffer bytes, int index) {
        int number = PcapngFormat.interfaceOf(bytes, index);
        return number >= 0 && number < count && number < interfaces.length
                ? (int) (interfaces[number] >>> Integer.SIZE)
                : UNKNOWN_LINK_TYPE;
    }

    /**
     * Number of captured bytes in a packet block; they begin {@link PcapngFormat#packetOffset}
     * behind the block's beginning.
     *
     * @param bytes holds the block, in its byte order
     * @param index where it begins, absolute in {@code bytes}
     * @param length of the block, as {@link Framing#unitLength} told it
     */
    public int capturedLength(ByteBuffer bytes, int index, int length) {
        if (bytes.getInt(index) != PcapngFormat.SIMPLE_PACKET) {
            return bytes.getInt(index + PcapngFormat.CAPTURED_LENGTH_OFFSET);
        }
        // The rest is padding.
        int there = length - PcapngFormat.SIMPLE_PACKET_OFFSET - Integer.BYTES;
        return (int) Math.min(there, simpleLength(bytes, index));
    }

    /** As much of a simple packet as the first interface's snaplen left, which no field tells. */
    private long simpleLength(ByteBuffer bytes, int index) {
        long original = bytes.getInt(index + PcapngFormat.BODY_OFFSET) & 0xffff_ffffL;
        long snaplen = count == 0 ? 0 : interfaces[0] & 0xffff_ffffL;
        return snaplen == 0 ? original : Math.min(original, snaplen);
    }
}
