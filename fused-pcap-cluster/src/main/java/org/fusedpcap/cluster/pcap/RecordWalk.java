package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Steps from record to record through the bytes of one capture. It keeps no position and no state
 * of its own, so one instance serves any number of threads.
 */
public final class RecordWalk implements Framing {

    private final int headerLength;
    private final int largestCapturedLength;
    private final boolean lengthsMaySwap;
    private final ByteOrder order;

    RecordWalk(PcapHeader header) {
        this.order = header.order();
        this.headerLength = header.recordHeaderLength();
        this.lengthsMaySwap = header.lengthOrder() != PcapHeader.LengthOrder.CAPTURED_FIRST;
        this.largestCapturedLength =
                Math.max(PcapFormat.MAX_SNAPLEN, LinkTypes.largestPacket(header.linkType()));
    }

    /** Length of a record's header, in bytes. */
    @Override
    public int headerLength() {
        return headerLength;
    }

    /** The longest a whole record can be, its header included, in bytes. */
    public int largestRecord() {
        return headerLength + largestCapturedLength;
    }

    /**
     * Length of the record that begins at {@code index}, header included.
     *
     * @param bytes the capture's bytes; position and limit are left alone, and only the record
     *     header needs to be inside the limit. Its byte order must be the header's.
     * @param index where the record begins, absolute in {@code bytes}
     * @return the record's length in bytes (which may end behind the limit), {@link #INCOMPLETE} if
     *     the record header is not all there, or {@link #SENSELESS}
     */
    public int recordLength(ByteBuffer bytes, int index) {
        if (bytes.limit() - index < headerLength) {
            return INCOMPLETE;
        }
        int captured = capturedLength(bytes, index);
        if (captured < 0 || captured > largestCapturedLength) {
            return SENSELESS;
        }
        if (captured == 0 && isZeroed(bytes, index)) {
            return SENSELESS;
        }
        return headerLength + captured;
    }

    @Override
    public int shortestUnit() {
        return headerLength;
    }

    @Override
    public int trailerLength() {
        return 0;
    }

    @Override
    public boolean endsRight(ByteBuffer bytes, int trailer, int length) {
        return true;
    }

    @Override
    public UnitKind kindOf(ByteBuffer bytes, int index, int length, PcapngSection section) {
        return UnitKind.PACKET;
    }

    @Override
    public boolean isPacket(ByteBuffer bytes, int index) {
        return true;
    }

    @Override
    public int unitLength(ByteBuffer bytes, int index) {
        return recordLength(bytes, index);
    }

    /**
     * Number of captured bytes of the record at {@code index}, as its header says it, unchecked.
     *
     * @param bytes holds the whole record header, in the file's byte order
     */
    public int capturedLength(ByteBuffer bytes, int index) {
        int captured = bytes.getInt(index + PcapFormat.CAPTURED_LENGTH_OFFSET);
        if (lengthsMaySwap) {
            // A packet is never captured longer than it was.
            int original = bytes.getInt(index + PcapFormat.ORIGINAL_LENGTH_OFFSET);
            return Integer.compareUnsigned(captured, original) > 0 ? original : captured;
        }
        return captured;
    }

    /** The byte order that {@link #recordLength} expects of the buffer. */
    public ByteOrder order() {
        return order;
    }

    // A power cut leaves blocks of zeroes; read as records they would be endless empty packets of
    // 1970.
    private static boolean isZeroed(ByteBuffer bytes, int index) {
        return bytes.getLong(index) == 0 && bytes.getLong(index + Long.BYTES) == 0;
    }
}
