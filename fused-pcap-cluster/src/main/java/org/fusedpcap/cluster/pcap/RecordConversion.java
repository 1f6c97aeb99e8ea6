package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;

/**
 * Rewrites record headers of one file so that they can stand behind another file's header: byte
 * order, resolution of the time stamp, order of the two lengths. A record's length stays the same.
 * It keeps no state, so one instance serves any number of threads.
 */
public final class RecordConversion {

    private static final int FRACTION_OFFSET = 4;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    // Of Kuznetzov's longer headers: the interface's number and the protocol; single bytes follow.
    private static final int INTERFACE_OFFSET = 16;
    private static final int PROTOCOL_OFFSET = 20;

    private final PcapHeader from;
    private final PcapHeader to;
    private final RecordWalk records;
    private final boolean swapsBytes;

    RecordConversion(PcapHeader from, PcapHeader to) {
        this.from = from;
        this.to = to;
        this.records = from.records();
        this.swapsBytes = !from.order().equals(to.order());
    }

    /** Whether time stamps lose their nanoseconds. */
    public boolean losesDigits() {
        return from.resolution() == Resolution.NANOSECONDS
                && to.resolution() == Resolution.MICROSECONDS;
    }

    /** The walk over the records before they are rewritten. */
    public RecordWalk records() {
        return records;
    }

    /**
     * Rewrites a record's header in place.
     *
     * @param bytes holds the whole record header, in the byte order of the file that it is from;
     *     position and limit are left alone
     * @param index where the record begins, absolute in {@code bytes}
     */
    public void rewrite(ByteBuffer bytes, int index) {
        rewriteTime(bytes, index);
        rewriteLengths(bytes, index);
        if (from.recordHeaderLength() > PcapFormat.RECORD_HEADER_LENGTH) {
            put(bytes, index + INTERFACE_OFFSET, bytes.getInt(index + INTERFACE_OFFSET));
            short protocol = bytes.getShort(index + PROTOCOL_OFFSET);
            bytes.putShort(
                    index + PROTOCOL_OFFSET, swapsBytes ? Short.reverseBytes(protocol) : protocol);
        }
    }

    private void rewriteTime(ByteBuffer bytes, int index) {
        int seconds = bytes.getInt(index);
        int fraction = bytes.getInt(index + FRACTION_OFFSET);
        if (losesDigits()) {
            fraction = Integer.divideUnsigned(fraction, NANOS_PER_MICRO);
        } else if (from.resolution() != to.resolution()) {
            // A fraction of a second or more, which no writer should write, would not fit.
            seconds += Integer.divideUnsigned(fraction, MICROS_PER_SECOND);
            fraction = Integer.remainderUnsigned(fraction, MICROS_PER_SECOND) * NANOS_PER_MICRO;
        }
        put(bytes, index, seconds);
        put(bytes, index + FRACTION_OFFSET, fraction);
    }

    private void rewriteLengths(ByteBuffer bytes, int index) {
        int first = bytes.getInt(index + PcapFormat.CAPTURED_LENGTH_OFFSET);
        int second = bytes.getInt(index + PcapFormat.ORIGINAL_LENGTH_OFFSET);
        int captured = records.capturedLength(bytes, index);
        int original = captured == first ? second : first;
        boolean capturedLast = to.lengthOrder() == PcapHeader.LengthOrder.CAPTURED_LAST;
        put(bytes, index + PcapFormat.CAPTURED_LENGTH_OFFSET, capturedLast ? original : captured);
        put(bytes, index + PcapFormat.ORIGINAL_LENGTH_OFFSET, capturedLast ? captured : original);
    }

    private void put(ByteBuffer bytes, int index, int value) {
        bytes.putInt(index, swapsBytes ? Integer.reverseBytes(value) : value);
    }
}
