package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.fusedpcap.cluster.pcap.RecordWalk;

/** A capture in memory, over and over; as a file in the page cache, it costs one copy to read. */
final class EndlessSource implements RecordSource {

    private static final int GRAIN = 64;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final ByteBuffer records;
    private final PcapHeader format = TestRecords.format(ORDER);
    private final RecordWalk walk = format.records();
    private final double averageRecord;
    private int at;

    /** Where the last record ends that ends within so many times 64 bytes: saves a walk. */
    private final int[] cuts;

    EndlessSource(ByteBuffer records) {
        this.records = records;
        int count = 0;
        this.cuts = new int[records.limit() / GRAIN + 1];
        for (int index = 0; index < records.limit(); ) {
            int next = index + walk.recordLength(records, index);
            for (int i = index / GRAIN + 1; i <= next / GRAIN && i < cuts.length; i++) {
                cuts[i] = i * GRAIN == next ? next : index;
            }
            index = next;
            count++;
        }
        this.averageRecord = (double) records.limit() / count;
    }

    /** Length of a record on average, header included, in bytes. */
    double averageRecord() {
        return averageRecord;
    }

    @Override
    public int read(ByteBuffer dst) {
        if (at == records.limit()) {
            at = 0;
        }
        int end = cuts[(int) Math.min(records.limit(), (long) at + dst.remaining()) / GRAIN];
        if (at + dst.remaining() >= records.limit()) {
            end = records.limit();
        }
        if (end <= at) {
            return RECORD_TOO_LARGE;
        }
        int bytes = end - at;
        dst.put(dst.position(), records, at, bytes).position(dst.position() + bytes);
        at = end;
        return bytes;
    }

    @Override
    public ByteBuffer fileHeader() {
        return TestRecords.fileHeader(ORDER);
    }

    @Override
    public PcapHeader format() {
        return format;
    }

    @Override
    public int nextRecordLength() {
        return walk.recordLength(records, at);
    }

    @Override
    public String segment() {
        return "memory";
    }

    @Override
    public String nextSegment() {
        return "";
    }

    @Override
    public void endAfterSegment() {}

    @Override
    public void close() {}
}
