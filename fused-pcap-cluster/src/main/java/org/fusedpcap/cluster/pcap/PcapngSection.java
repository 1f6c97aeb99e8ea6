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
        } else if (type == PcapngFormat.INTERFACE_DESCRIPTION && count < MOST_INTERFACES) {
            describe(
                    InterfaceDescription.linkType(bytes, index),
                    InterfaceDescription.snaplen(bytes, index));
        }
    }

    private void describe(int linkType, int snaplen) {
        if (count == interfaces.length) {
            interfaces = Arrays.copyOf(interfaces, Math.max(FEW, count * 2));
        }
        interfaces[count] = (long) linkType << Integer.SIZE | snaplen & 0xffff_ffffL;
        count++;
    }

    /**
     * Link type of a packet block's interface, or {@link #UNKNOWN_LINK_TYPE}.
     *
     * @param bytes holds the block, in its byte order
     * @param index where it begins, absolute in {@code bytes}
     */
    public int linkTypeOf(ByteBuffer bytes, int index) {
        int number = PcapngFormat.interfaceOf(bytes, index);
        return number >= 0 && number < count
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
        // As much as the first interface's snaplen left, which no field tells; the rest is padding.
        int there = length - PcapngFormat.SIMPLE_PACKET_OFFSET - Integer.BYTES;
        long original = bytes.getInt(index + PcapngFormat.BODY_OFFSET) & 0xffff_ffffL;
        long snaplen = count == 0 ? 0 : interfaces[0] & 0xffff_ffffL;
        return (int) Math.min(there, snaplen == 0 ? original : Math.min(original, snaplen));
    }
}
