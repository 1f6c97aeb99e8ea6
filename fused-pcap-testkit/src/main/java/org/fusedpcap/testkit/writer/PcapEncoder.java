package org.fusedpcap.testkit.writer;

import org.fusedpcap.testkit.writer.CaptureFormat.Container;

/**
 * Classic pcap.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/">draft-ietf-opsawg-pcap</a>
 */
final class PcapEncoder implements RecordEncoder {

    private static final int MAGIC_MICROS = 0xa1b2c3d4;
    private static final int MAGIC_NANOS = 0xa1b23c4d;
    private static final int MAGIC_KUZNETZOV = 0xa1b2cd34;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int KUZNETZOV_RECORD_HEADER = 24;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final CaptureFormat format;
    private final Numbers numbers;
    private final boolean kuznetzov;

    PcapEncoder(CaptureFormat format) {
        this.format = format;
        this.numbers = new Numbers(format.order());
        this.kuznetzov = format.container() == Container.KUZNETZOV;
    }

    @Override
    public int header(byte[] out, int offset) {
        numbers.putInt(out, offset, magic());
        numbers.putShort(out, offset + 4, 2);
        numbers.putShort(out, offset + 6, 4);
        numbers.putInt(out, offset + 8, 0);
        numbers.putInt(out, offset + 12, 0);
        numbers.putInt(out, offset + 16, format.snaplen());
        numbers.putInt(out, offset + 20, format.linkType());
        return FILE_HEADER;
    }

    private int magic() {
        if (kuznetzov) {
            return MAGIC_KUZNETZOV;
        }
        return format.nanos() ? MAGIC_NANOS : MAGIC_MICROS;
    }

    @Override
    public int frameOffset() {
        return kuznetzov ? KUZNETZOV_RECORD_HEADER : RECORD_HEADER;
    }

    @Override
    public int finish(byte[] out, int offset, int captured, int original, long timeNanos) {
        long fraction = timeNanos % NANOS_PER_SECOND;
        boolean nanos = format.nanos() && !kuznetzov;
        numbers.putInt(out, offset, (int) (timeNanos / NANOS_PER_SECOND));
        numbers.putInt(out, offset + 4, (int) (nanos ? fraction : fraction / 1000));
        numbers.putInt(out, offset + 8, captured);
        numbers.putInt(out, offset + 12, original);
        if (kuznetzov) {
            // Interface index, protocol and packet type, which nobody asks for.
            numbers.putInt(out, offset + 16, 1);
            numbers.putInt(out, offset + 20, 0);
        }
        return frameOffset() + captured;
    }
}
