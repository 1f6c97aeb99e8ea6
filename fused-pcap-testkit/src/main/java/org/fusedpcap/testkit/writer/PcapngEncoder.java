package org.fusedpcap.testkit.writer;

import java.util.Arrays;

/**
 * pcapng: a section header, interface descriptions, and an enhanced packet block for each frame.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft-ietf-opsawg-pcapng</a>
 */
final class PcapngEncoder implements RecordEncoder {

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int SECTION_LENGTH = 28;
    private static final int INTERFACE_LENGTH = 32;
    private static final int PACKET_HEADER = 28;
    private static final int OPTION_TSRESOL = 9;
    private static final int NANOSECONDS = 9;
    private static final int MICROSECONDS = 6;

    private final CaptureFormat format;
    private final Numbers numbers;
    private final int interfaces;
    private int next;

    PcapngEncoder(CaptureFormat format, int interfaces) {
        this.format = format;
        this.numbers = new Numbers(format.order());
        this.interfaces = interfaces;
    }

    @Override
    public int header(byte[] out, int offset) {
        numbers.putInt(out, offset, SECTION_HEADER);
        numbers.putInt(out, offset + 4, SECTION_LENGTH);
        numbers.putInt(out, offset + 8, BYTE_ORDER_MAGIC);
        numbers.putShort(out, offset + 12, 1);
        numbers.putShort(out, offset + 14, 0);
        // The section's length is not known, which the format writes as -1.
        numbers.putInt(out, offset + 16, -1);
        numbers.putInt(out, offset + 20, -1);
        numbers.putInt(out, offset + 24, SECTION_LENGTH);
        int at = offset + SECTION_LENGTH;
        for (int i = 0; i < interfaces; i++) {
            at += description(out, at);
        }
        next = 0;
        return at - offset;
    }

    private int description(byte[] out, int at) {
        numbers.putInt(out, at, INTERFACE_DESCRIPTION);
        numbers.putInt(out, at + 4, INTERFACE_LENGTH);
        numbers.putShort(out, at + 8, format.linkType());
        numbers.putShort(out, at + 10, 0);
        numbers.putInt(out, at + 12, format.snaplen());
        numbers.putShort(out, at + 16, OPTION_TSRESOL);
        numbers.putShort(out, at + 18, 1);
        Arrays.fill(out, at + 20, at + 28, (byte) 0);
        out[at + 20] = (byte) (format.nanos() ? NANOSECONDS : MICROSECONDS);
        numbers.putInt(out, at + 28, INTERFACE_LENGTH);
        return INTERFACE_LENGTH;
    }

    @Override
    public int frameOffset() {
        return PACKET_HEADER;
    }

    @Override
    public int finish(byte[] out, int offset, int captured, int original, long timeNanos) {
        int padding = -captured & 3;
        int length = PACKET_HEADER + captured + padding + Integer.BYTES;
        long time = format.nanos() ? timeNanos : timeNanos / 1000;
        numbers.putInt(out, offset, ENHANCED_PACKET);
        numbers.putInt(out, offset + 4, length);
        numbers.putInt(out, offset + 8, next);
        numbers.putInt(out, offset + 12, (int) (time >>> 32));
        numbers.putInt(out, offset + 16, (int) time);
        numbers.putInt(out, offset + 20, captured);
        numbers.putInt(out, offset + 24, original);
        int end = offset + PACKET_HEADER + captured;
        Arrays.fill(out, end, end + padding, (byte) 0);
        numbers.putInt(out, end + padding, length);
        next = (next + 1) % interfaces;
        return length;
    }
}
