package org.fusedpcap.cluster.pcap;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * What an interface description block of pcapng says. Immutable.
 *
 * @param linkType LINKTYPE_ value of the interface's packets, 0–65535
 * @param snaplen the longest packet the writer meant to keep, in bytes; 0 means no limit
 * @param resolution the option if_tsresol: a negative power of 10, or of 2 if bit 7 is set
 * @param offsetSeconds the option if_tsoffset: what to add to the time stamps
 * @see PcapngFormat
 */
public record InterfaceDescription(int linkType, int snaplen, int resolution, long offsetSeconds) {

    private static final int END_OF_OPTIONS = 0;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;
    private static final int OPTION_HEADER = 4;
    private static final int MICROSECONDS = 6;
    private static final int BASE_TWO = 0x80;
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger LATEST = BigInteger.valueOf(Long.MAX_VALUE);

    /**
     * Reads a block.
     *
     * @param bytes holds the whole block, in its section's byte order
     * @param index where the block begins, absolute in {@code bytes}
     * @param length of the block, as {@link Framing#unitLength} told it
     */
    public static InterfaceDescription read(ByteBuffer bytes, int index, int length) {
        int end = index + length - Integer.BYTES;
        int resolution = MICROSECONDS;
        long offset = 0;
        int at = index + PcapngFormat.INTERFACE_OPTIONS_OFFSET;
        while (at + OPTION_HEADER <= end && bytes.getShort(at) != END_OF_OPTIONS) {
            int code = bytes.getShort(at) & 0xffff;
            int size = bytes.getShort(at + Short.BYTES) & 0xffff;
            int value = at + OPTION_HEADER;
            if (code == TIME_RESOLUTION && size >= 1 && value < end) {
                resolution = bytes.get(value) & 0xff;
            } else if (code == TIME_OFFSET && size >= Long.BYTES && value + Long.BYTES <= end) {
                offset = bytes.getLong(value);
            }
            at = value + (size + 3 & ~3);
        }
        return new InterfaceDescription(
                linkType(bytes, index), snaplen(bytes, index), resolution, offset);
    }

    /** The link type alone, of a block of which the first 16 bytes are there. */
    public static int linkType(ByteBuffer bytes, int index) {
        return bytes.getShort(index + PcapngFormat.BODY_OFFSET) & 0xffff;
    }

    /** The snaplen alone, of a block of which the first 16 bytes are there; 0 means no limit. */
    public static int snaplen(ByteBuffer bytes, int index) {
        return bytes.getInt(index + PcapngFormat.SNAPLEN_OFFSET);
    }

    /**
     * Time of a packet in ns since 1970, at most {@link Long#MAX_VALUE}.
     *
     * @param bytes holds the header of an enhanced or obsolete packet block of this interface, in
     *     its section's byte order
     * @param index where that block begins, absolute in {@code bytes}
     */
    public long packetTime(ByteBuffer bytes, int index) {
        long upper = bytes.getInt(index + PcapngFormat.TIME_OFFSET);
        long lower = bytes.getInt(index + PcapngFormat.TIME_OFFSET + Integer.BYTES) & 0xffff_ffffL;
        return nanos(upper << Integer.SIZE | lower);
    }

    private long nanos(long ticks) {
        BigInteger base = (resolution & BASE_TWO) == 0 ? BigInteger.TEN : BigInteger.TWO;
        BigInteger ticksPerSecond = base.pow(resolution & ~BASE_TWO);
        BigInteger since = new BigInteger(Long.toUnsignedString(ticks)).multiply(NANOS_PER_SECOND);
        return since.divide(ticksPerSecond)
                .add(BigInteger.valueOf(offsetSeconds).multiply(NANOS_PER_SECOND))
                .min(LATEST)
                .longValue();
    }
}
