package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;

/**
 * Constants of the pcapng format. A file is a row of blocks; numbers are in the byte order of the
 * section, which its header block tells.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                          block type                           |  0
 *  |                      block total length                       |  4
 *  |                             body                              |  8
 *  |                      block total length                       | length - 4
 *  +---------------------------------------------------------------+
 *
 *  section header                          interface description
 *  +-------------------------------+       +-------------------------------+
 *  |       byte-order magic        |  8    |   link type   |   reserved    |  8
 *  | major version | minor version | 12    |            snaplen            | 12
 *  |        section length         | 16    |            options            | 16
 *  |           (64 bits)           | 20    +-------------------------------+
 *  |            options            | 24
 *  +-------------------------------+       simple packet
 *                                          +-------------------------------+
 *  enhanced packet; obsolete packet        |        original length        |  8
 *  +-------------------------------+       |          packet data          | 12
 *  |       interface (id, 0)       |  8    +-------------------------------+
 *  |     time stamp (upper 32)     | 12
 *  |     time stamp (lower 32)     | 16    option
 *  |        captured length        | 20    +-------------------------------+
 *  |        original length        | 24    |     code      |    length     |  0
 *  |     packet data, options      | 28    |    value, padded to 32 bits   |  4
 *  +-------------------------------+       +-------------------------------+
 * </pre>
 *
 * <p>The obsolete packet block has its interface in the first 16 bits and a drop count in the next.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft-ietf-opsawg-pcapng</a>
 */
public final class PcapngFormat {

    /** Block type of a section header; the same in both byte orders. */
    public static final int SECTION_HEADER = 0x0a0d0d0a;

    /** Block type of an interface description. */
    public static final int INTERFACE_DESCRIPTION = 1;

    /** Block type of an obsolete packet. */
    public static final int OBSOLETE_PACKET = 2;

    /** Block type of a simple packet. */
    public static final int SIMPLE_PACKET = 3;

    /** Block type of an enhanced packet. */
    public static final int ENHANCED_PACKET = 6;

    static final int NAMES = 4;
    static final int STATISTICS = 5;
    static final int SECRETS = 10;
    static final int CUSTOM = 0x0bad;
    static final int CUSTOM_NOT_COPIED = 0x4000_0bad;

    /** The shortest block, in bytes: type and two lengths. */
    public static final int SHORTEST_BLOCK = 12;

    /**
     * The longest block that makes sense, in bytes: 16 MiB, the limit that libpcap has for sections
     * of any common link type. 64 times the longest packet (snaplen 262,144) leaves room for lists
     * of names and of secrets; and a length read from garbage is behind it 255 times in 256.
     */
    public static final int LONGEST_BLOCK = 16 * 1024 * 1024;

    /** The shortest section header, in bytes. */
    public static final int SECTION_HEADER_LENGTH = 28;

    /** Section length of a section that does not tell it. */
    public static final long UNKNOWN_LENGTH = -1;

    /** Where a section header has the section's length. */
    public static final int SECTION_LENGTH_OFFSET = 16;

    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    static final int VERSION_MAJOR = 1;

    /** Written by some programs for 0, and to be read as such. */
    static final int OTHER_MINOR = 2;

    static final int LENGTH_OFFSET = 4;
    static final int BODY_OFFSET = 8;
    static final int MAJOR_OFFSET = 12;
    static final int MINOR_OFFSET = 14;

    static final int SNAPLEN_OFFSET = 12;
    static final int INTERFACE_OPTIONS_OFFSET = 16;

    static final int TIME_OFFSET = 12;
    static final int CAPTURED_LENGTH_OFFSET = 20;
    static final int ORIGINAL_LENGTH_OFFSET = 24;
    static final int PACKET_OFFSET = 28;
    static final int SIMPLE_PACKET_OFFSET = 12;

    private PcapngFormat() {}

    /**
     * Number of the interface that a packet block names, which may not exist.
     *
     * @param bytes holds the block's header, in its section's byte order
     * @param index where the block begins, absolute in {@code bytes}
     */
    public static int interfaceOf(ByteBuffer bytes, int index) {
        return switch (bytes.getInt(index)) {
            case ENHANCED_PACKET -> bytes.getInt(index + BODY_OFFSET);
            case OBSOLETE_PACKET -> bytes.getShort(index + BODY_OFFSET) & 0xffff;
            default -> 0;
        };
    }

    /**
     * Whether the version of a section is one that can be read.
     *
     * @param bytes holds the section header's first 16 bytes, in its byte order
     * @param index where the block begins, absolute in {@code bytes}
     */
    static boolean isKnownVersion(ByteBuffer bytes, int index) {
        int minor = bytes.getShort(index + MINOR_OFFSET);
        return bytes.getShort(index + MAJOR_OFFSET) == VERSION_MAJOR
                && (minor == 0 || minor == OTHER_MINOR);
    }

    /** Where a packet begins in a block of a type that holds one, in bytes. */
    public static int packetOffset(int blockType) {
        return blockType == SIMPLE_PACKET ? SIMPLE_PACKET_OFFSET : PACKET_OFFSET;
    }

    /**
     * Length of a packet on the wire, as its block says it, unchecked.
     *
     * @param bytes holds the block's header, in its section's byte order
     * @param index where the block begins, absolute in {@code bytes}
     */
    public static int originalLength(ByteBuffer bytes, int index) {
        return bytes.getInt(
                index
                        + (bytes.getInt(index) == SIMPLE_PACKET
                                ? BODY_OFFSET
                                : ORIGINAL_LENGTH_OFFSET));
    }

    /** Whether blocks of a type hold a packet. */
    public static boolean isPacket(int blockType) {
        return blockType == ENHANCED_PACKET
                || blockType == SIMPLE_PACKET
                || blockType == OBSOLETE_PACKET;
    }
}
