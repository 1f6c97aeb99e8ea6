package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the header of a classic pcap file says. Immutable.
 *
 * @param order byte order of all numbers in the file
 * @param resolution unit of the time stamps' fraction
 * @param recordHeaderLength length of each record's header, in bytes: 16, or 24 in Kuznetzov's
 *     variant
 * @param minorVersion minor version, 0–4; below 4 the two lengths of a record header may be swapped
 * @param snaplen the longest packet the writer meant to keep, in bytes; 0 means no limit
 * @param linkType LINKTYPE_ value, 0–65535
 * @see PcapFormat
 */
public record PcapHeader(
        ByteOrder order,
        Resolution resolution,
        int recordHeaderLength,
        int minorVersion,
        int snaplen,
        int linkType)
        implements CaptureHeader {

    private static final int LINK_TYPE_MASK = 0xffff;

    /**
     * How readers take the two lengths of a record header, which changed twice from version 2.2 to
     * 2.4.
     */
    enum LengthOrder {
        /** Up to 2.2: the captured length stands last. */
        CAPTURED_LAST,
        /** 2.3: some writers did it so, others so. */
        EITHER,
        /** 2.4. */
        CAPTURED_FIRST
    }

    private static final int MINOR_EITHER = 3;

    /**
     * Reads a file header.
     *
     * @param bytes the first {@value PcapFormat#FILE_HEADER_LENGTH} bytes of a file at its
     *     position, which is left alone
     * @throws InvalidCaptureException if they are not the header of a classic pcap file
     */
    public static PcapHeader parse(ByteBuffer bytes) throws InvalidCaptureException {
        if (bytes.remaining() < PcapFormat.FILE_HEADER_LENGTH) {
            throw new InvalidCaptureException(
                    "a pcap header has 24 bytes, here are " + bytes.remaining());
        }
        ByteBuffer header = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        int magic = header.getInt(0);
        ByteOrder order = isMagic(magic) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        header.order(order);
        magic = header.getInt(0);
        if (!isMagic(magic)) {
            throw unknown(header.order(ByteOrder.BIG_ENDIAN).getInt(0));
        }
        int major = header.getShort(PcapFormat.MAJOR_OFFSET) & 0xffff;
        int minor = header.getShort(PcapFormat.MINOR_OFFSET) & 0xffff;
        if (major != PcapFormat.VERSION_MAJOR || minor > PcapFormat.MAX_VERSION_MINOR) {
            throw new InvalidCaptureException(
                    "pcap version " + major + "." + minor + " is unknown; 2.0 to 2.4 are read");
        }
        return new PcapHeader(
                order,
                magic == PcapFormat.MAGIC_NANOS ? Resolution.NANOSECONDS : Resolution.MICROSECONDS,
                magic == PcapFormat.MAGIC_KUZNETZOV
                        ? PcapFormat.KUZNETZOV_RECORD_HEADER_LENGTH
                        : PcapFormat.RECORD_HEADER_LENGTH,
                minor,
                header.getInt(PcapFormat.SNAPLEN_OFFSET),
                header.getInt(PcapFormat.LINK_TYPE_OFFSET) & LINK_TYPE_MASK);
    }

    /**
     * Checks as much of a file header as is there; a wrong magic number is told from 4 bytes.
     *
     * @param bytes a file's first bytes at its position, which is left alone
     * @throws InvalidCaptureException if no header of a classic pcap file begins so
     */
    public static void checkBeginning(ByteBuffer bytes) throws InvalidCaptureException {
        if (bytes.remaining() < Integer.BYTES) {
            return;
        }
        int magic = bytes.slice().order(ByteOrder.BIG_ENDIAN).getInt(0);
        if (!isMagic(magic) && !isMagic(Integer.reverseBytes(magic))) {
            throw unknown(magic);
        }
    }

    private static InvalidCaptureException unknown(int magic) {
        return new InvalidCaptureException(String.format("unknown magic number %08x", magic));
    }

    private static boolean isMagic(int magic) {
        return magic == PcapFormat.MAGIC_MICROS
                || magic == PcapFormat.MAGIC_NANOS
                || magic == PcapFormat.MAGIC_KUZNETZOV;
    }

    /**
     * Whether records of a file with {@code other} as its header can stand as they are behind
     * records of this one: same byte order, resolution, record header, order of lengths and link
     * type.
     */
    @Override
    public boolean hasSameRecordForm(CaptureHeader other) {
        return other instanceof PcapHeader pcap
                && order == pcap.order
                && resolution == pcap.resolution
                && recordHeaderLength == pcap.recordHeaderLength
                && lengthOrder() == pcap.lengthOrder()
                && linkType == pcap.linkType;
    }

    /**
     * How records of a file with {@code other} as its header are rewritten to stand behind records
     * of this one; empty if they cannot, because the link type or the length of the record headers
     * is another.
     */
    public Optional<RecordConversion> conversionFrom(PcapHeader other) {
        return linkType == other.linkType && recordHeaderLength == other.recordHeaderLength
                ? Optional.of(new RecordConversion(other, this))
                : Optional.empty();
    }

    /**
     * The longest packet that readers of such a file keep whole, in bytes: they take a snap length
     * of 0 or less for no limit but that of the link type.
     */
    public int effectiveSnaplen() {
        int largest = LinkTypes.largestPacket(linkType);
        return snaplen <= 0 ? largest : Math.min(snaplen, largest);
    }

    /**
     * A file header that differs from this one's in its snap length alone.
     *
     * @param header the bytes of this header, at its position, which is left alone
     * @param snaplen in bytes
     */
    public ByteBuffer withSnaplen(ByteBuffer header, int snaplen) {
        ByteBuffer wider = ByteBuffer.allocate(PcapFormat.FILE_HEADER_LENGTH).order(order);
        wider.put(0, header, header.position(), PcapFormat.FILE_HEADER_LENGTH);
        return wider.putInt(PcapFormat.SNAPLEN_OFFSET, snaplen);
    }

    LengthOrder lengthOrder() {
        if (minorVersion == MINOR_EITHER) {
            return LengthOrder.EITHER;
        }
        return minorVersion < MINOR_EITHER ? LengthOrder.CAPTURED_LAST : LengthOrder.CAPTURED_FIRST;
    }

    @Override
    public String differenceTo(CaptureHeader other) {
        return other instanceof PcapHeader pcap ? differenceTo(pcap) : "pcapng instead of pcap";
    }

    private String differenceTo(PcapHeader other) {
        if (linkType != other.linkType) {
            return "link type " + other.linkType + " instead of " + linkType;
        }
        if (order != other.order) {
            return other.order + " instead of " + order;
        }
        if (resolution != other.resolution) {
            return other.resolution + " instead of " + resolution;
        }
        if (lengthOrder() != other.lengthOrder()) {
            return "version 2." + other.minorVersion + " instead of 2." + minorVersion;
        }
        return recordHeaderLength == other.recordHeaderLength
                ? "no difference"
                : "record headers of "
                        + other.recordHeaderLength
                        + " bytes instead of "
                        + recordHeaderLength;
    }

    /** The walk over this file's records. */
    public RecordWalk records() {
        return new RecordWalk(this);
    }

    @Override
    public int length() {
        return PcapFormat.FILE_HEADER_LENGTH;
    }

    @Override
    public Framing framing() {
        return records();
    }
}
