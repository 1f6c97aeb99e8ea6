package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.cluster.pcap.RecordConversion;
import org.fusedpcap.cluster.pcap.RecordWalk;

/**
 * Other record headers in the place of the file's own. Which bytes are headers is found by a walk
 * from the last record known before them, so any piece of a record can be rewritten alone.
 *
 * @param conversion of each header
 */
record RecordRewriting(RecordConversion conversion) implements Rewriting {

    @Override
    public int changed(long fileOffset, int length) {
        return length;
    }

    @Override
    public void apply(SegmentFile file, long fileOffset, ByteBuffer bytes) throws IOException {
        long end = fileOffset + bytes.limit();
        RecordScan scan = scan(file, end);
        ByteBuffer own = bytes.duplicate().order(conversion.records().order());
        long record = scan.lastEndBefore(Math.max(fileOffset, PcapFormat.FILE_HEADER_LENGTH));
        while (record < end) {
            record += rewrite(file, record, record - fileOffset, own);
        }
    }

    /** What was scanned of the file, which must reach up to an offset. */
    private static RecordScan scan(SegmentFile file, long end) throws IOException {
        if (file.header().isEmpty()) {
            throw new ShortFileException(file.path(), 0);
        }
        if (file.scan().advance(end) < end) {
            throw new ShortFileException(file.path(), end);
        }
        return file.scan();
    }

    /**
     * Rewrites as much of a record's header as is in a buffer.
     *
     * @param at where the record begins, relative to the buffer
     * @return the record's length
     */
    private int rewrite(SegmentFile file, long record, long at, ByteBuffer bytes)
            throws IOException {
        RecordWalk records = conversion.records();
        int headerLength = records.headerLength();
        if (at >= 0 && at + headerLength <= bytes.limit()) {
            int length = lengthOf(file, record, bytes, (int) at);
            conversion.rewrite(bytes, (int) at);
            return length;
        }
        ByteBuffer header = file.copy(record, headerLength).order(records.order());
        int length = lengthOf(file, record, header, 0);
        conversion.rewrite(header, 0);
        int from = (int) Math.max(0, -at);
        int to = (int) Math.min(headerLength, bytes.limit() - at);
        if (from < to) {
            bytes.put((int) (at + from), header, from, to - from);
        }
        return length;
    }

    private int lengthOf(SegmentFile file, long record, ByteBuffer bytes, int index)
            throws IOException {
        int length = conversion.records().recordLength(bytes, index);
        if (length <= 0) {
            throw new ShortFileException(file.path(), record);
        }
        return length;
    }
}
