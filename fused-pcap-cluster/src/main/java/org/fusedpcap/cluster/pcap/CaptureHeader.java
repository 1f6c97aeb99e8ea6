package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** What the first bytes of a capture file say. Immutable. */
public sealed interface CaptureHeader permits PcapHeader, PcapngHeader {

    /** So many bytes tell what any capture file's header says. */
    int LONGEST = Math.max(PcapFormat.FILE_HEADER_LENGTH, PcapngFormat.SECTION_HEADER_LENGTH);

    /**
     * Reads a file header, of whichever format.
     *
     * @param bytes a file's first bytes, up to {@value #LONGEST}, at its position, which is left
     *     alone
     * @return empty if they are too few, but may be the beginning of a capture
     * @throws InvalidCaptureException if no capture that can be read begins so
     */
    static Optional<CaptureHeader> read(ByteBuffer bytes) throws InvalidCaptureException {
        boolean pcapng = PcapngHeader.begins(bytes);
        int needed = pcapng ? PcapngFormat.SECTION_HEADER_LENGTH : PcapFormat.FILE_HEADER_LENGTH;
        if (bytes.remaining() >= needed) {
            return Optional.of(pcapng ? PcapngHeader.parse(bytes) : PcapHeader.parse(bytes));
        }
        if (!pcapng) {
            PcapHeader.checkBeginning(bytes);
        }
        return Optional.empty();
    }

    /**
     * Length of what stands in a file before its first unit, in bytes: a stream begins with that of
     * its first segment and leaves out that of each later one. 0 where the header is a unit itself.
     */
    int length();

    /** Byte order of the first unit's numbers. */
    ByteOrder order();

    /** How the bytes behind it fall into units. */
    Framing framing();

    /**
     * Whether units of a file with {@code other} as its header can stand as they are behind units
     * of this one.
     */
    boolean hasSameRecordForm(CaptureHeader other);

    /** In words for a person what {@link #hasSameRecordForm} minds. */
    String differenceTo(CaptureHeader other);
}
