package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The framing of pcapng: block after block. The byte order may change with each section; the order
 * of the buffer that is walked through is the walk's only memory of it.
 */
final class BlockWalk implements Framing {

    static final BlockWalk INSTANCE = new BlockWalk();

    private static final int SHORTEST_INTERFACE = 20;
    private static final int SHORTEST_NAMES = 16;
    private static final int SHORTEST_STATISTICS = 24;
    private static final int SHORTEST_SECRETS = 20;
    private static final int SHORTEST_CUSTOM = 16;
    private static final int SHORTEST_SIMPLE_PACKET = 16;
    private static final int SHORTEST_PACKET = 32;

    private BlockWalk() {}

    @Override
    public int shortestUnit() {
        return PcapngFormat.SHORTEST_BLOCK;
    }

    @Override
    public int headerLength() {
        return PcapngFormat.PACKET_OFFSET;
    }

    @Override
    public int trailerLength() {
        return Integer.BYTES;
    }

    @Override
    public int unitLength(ByteBuffer bytes, int index) {
        int there = bytes.limit() - index;
        if (there < PcapngFormat.SHORTEST_BLOCK) {
            return INCOMPLETE;
        }
        int type = bytes.getInt(index);
        if (type == PcapngFormat.SECTION_HEADER && !takeOrder(bytes, index)) {
            return SENSELESS;
        }
        int length = bytes.getInt(index + PcapngFormat.LENGTH_OFFSET);
        if (length < shortest(type) || length > PcapngFormat.LONGEST_BLOCK) {
            return SENSELESS;
        }
        if (length % Integer.BYTES != 0
                || length <= there && !endsRight(bytes, index + length - Integer.BYTES, length)) {
            return SENSELESS;
        }
        return hasCapturedLength(type) ? packetLength(bytes, index, there, length) : length;
    }

    // A block whose packet reaches behind its own end is what readers stop at.
    private static int packetLength(ByteBuffer bytes, int index, int there, int length) {
        if (there < PcapngFormat.PACKET_OFFSET) {
            return INCOMPLETE;
        }
        int captured = bytes.getInt(index + PcapngFormat.CAPTURED_LENGTH_OFFSET);
        return captured < 0 || captured > length - SHORTEST_PACKET ? SENSELESS : length;
    }

    @Override
    public boolean endsRight(ByteBuffer bytes, int trailer, int length) {
        return bytes.getInt(trailer) == length;
    }

    @Override
    public UnitKind kindOf(ByteBuffer bytes, int index, int length, PcapngSection section) {
        return section.judge(bytes, index, length);
    }

    @Override
    public boolean isPacket(ByteBuffer bytes, int index) {
        return PcapngFormat.isPacket(bytes.getInt(index));
    }

    /**
     * Gives a buffer the byte order of a section.
     *
     * @param index where the section header begins
     * @return false if it does not tell one
     */
    static boolean takeOrder(ByteBuffer bytes, int index) {
        int magic = bytes.getInt(index + PcapngFormat.BODY_OFFSET);
        if (magic == PcapngFormat.BYTE_ORDER_MAGIC) {
            return true;
        }
        if (magic != Integer.reverseBytes(PcapngFormat.BYTE_ORDER_MAGIC)) {
            return false;
        }
        bytes.order(
                bytes.order() == ByteOrder.BIG_ENDIAN
                        ? ByteOrder.LITTLE_ENDIAN
                        : ByteOrder.BIG_ENDIAN);
        return true;
    }

    private static boolean hasCapturedLength(int type) {
        return type == PcapngFormat.ENHANCED_PACKET || type == PcapngFormat.OBSOLETE_PACKET;
    }

    private static int shortest(int type) {
        // Nearly all blocks are of this type.
        return type == PcapngFormat.ENHANCED_PACKET ? SHORTEST_PACKET : shortestOther(type);
    }

    private static int shortestOther(int type) {
        return switch (type) {
            case PcapngFormat.SECTION_HEADER -> PcapngFormat.SECTION_HEADER_LENGTH;
            case PcapngFormat.INTERFACE_DESCRIPTION -> SHORTEST_INTERFACE;
            case PcapngFormat.SIMPLE_PACKET -> SHORTEST_SIMPLE_PACKET;
            case PcapngFormat.OBSOLETE_PACKET -> SHORTEST_PACKET;
            case PcapngFormat.NAMES -> SHORTEST_NAMES;
            case PcapngFormat.STATISTICS -> SHORTEST_STATISTICS;
            case PcapngFormat.SECRETS -> SHORTEST_SECRETS;
            case PcapngFormat.CUSTOM, PcapngFormat.CUSTOM_NOT_COPIED -> SHORTEST_CUSTOM;
            default -> PcapngFormat.SHORTEST_BLOCK;
        };
    }
}
