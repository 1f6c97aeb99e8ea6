package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the section header says that a pcapng file begins with. It is a block like the others, so it
 * stays where it is when the file is read behind another one. Immutable.
 *
 * @param order byte order of the first section; each has its own
 * @see PcapngFormat
 */
public record PcapngHeader(ByteOrder order) implements CaptureHeader {

    /**
     * Reads a section header.
     *
     * @param bytes the first {@value PcapngFormat#SECTION_HEADER_LENGTH} bytes of a file at its
     *     position, which is left alone
     * @throws InvalidCaptureException if no section begins so
     */
    static PcapngHeader parse(ByteBuffer bytes) throws InvalidCaptureException {
        ByteBuffer header = bytes.slice();
        if (!BlockWalk.takeOrder(header, 0)) {
            throw new InvalidCaptureException("a pcapng section without its byte-order magic");
        }
        if (!PcapngFormat.isKnownVersion(header, 0)) {
            int major = header.getShort(PcapngFormat.MAJOR_OFFSET) & 0xffff;
            int minor = header.getShort(PcapngFormat.MINOR_OFFSET) & 0xffff;
            throw new InvalidCaptureException(
                    "pcapng version " + major + "." + minor + " is unknown; 1.0 is read");
        }
        if (BlockWalk.INSTANCE.unitLength(header, 0) == Framing.SENSELESS) {
            throw new InvalidCaptureException(
                    "a pcapng section header of "
                            + Integer.toUnsignedString(header.getInt(PcapngFormat.LENGTH_OFFSET))
                            + " bytes");
        }
        return new PcapngHeader(header.order());
    }

    static boolean begins(ByteBuffer bytes) {
        return bytes.remaining() >= Integer.BYTES
                && bytes.getInt(bytes.position()) == PcapngFormat.SECTION_HEADER;
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public Framing framing() {
        return BlockWalk.INSTANCE;
    }

    @Override
    public boolean hasSameRecordForm(CaptureHeader other) {
        return other instanceof PcapngHeader;
    }

    @Override
    public String differenceTo(CaptureHeader other) {
        return other instanceof PcapngHeader ? "no difference" : "pcap instead of pcapng";
    }
}
