package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fusedpcap.cluster.pcap.PcapHeader;

/** Packets of one length without end, which begin with their serial numbers. */
final class EndlessSource implements RecordSource {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final byte[] record;
    private int serial;

    /**
     * @param captured length of each packet, in bytes
     */
    EndlessSource(int captured) {
        this.record = TestRecords.record(ORDER, 0, captured);
    }

    @Override
    public ByteBuffer fileHeader() {
        return TestRecords.fileHeader(ORDER);
    }

    @Override
    public PcapHeader format() {
        return TestRecords.format(ORDER);
    }

    @Override
    public int read(ByteBuffer dst) {
        int begin = dst.position();
        while (dst.remaining() >= record.length) {
            int packet = dst.position() + TestRecords.RECORD_HEADER;
            dst.put(record).duplicate().putInt(packet, serial);
            serial++;
        }
        int bytes = dst.position() - begin;
        return bytes == 0 ? RECORD_TOO_LARGE : bytes;
    }

    @Override
    public int nextRecordLength() {
        return record.length;
    }

    @Override
    public String segment() {
        return "endless";
    }

    @Override
    public String nextSegment() {
        return "";
    }

    @Override
    public void endAfterSegment() {
        throw new AssertionError("nobody is to end this");
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
