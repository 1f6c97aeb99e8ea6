package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.PcapngHeader;

/** A pcapng stream in memory, block by block. */
final class BlockSource implements RecordSource {

    private final List<byte[]> blocks;
    private final int mostPerRead;
    private final PcapngHeader format;
    private int next;

    /**
     * @param order byte order of the first section
     * @param blocks the stream
     * @param mostPerRead most blocks to put at a time
     */
    BlockSource(ByteOrder order, List<byte[]> blocks, int mostPerRead) {
        this.format = new PcapngHeader(order);
        this.blocks = blocks;
        this.mostPerRead = mostPerRead;
    }

    @Override
    public ByteBuffer fileHeader() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public CaptureHeader format() {
        return format;
    }

    @Override
    public int read(ByteBuffer dst) {
        if (next == blocks.size()) {
            return END_OF_STREAM;
        }
        if (blocks.get(next).length > dst.remaining()) {
            return RECORD_TOO_LARGE;
        }
        int begin = dst.position();
        for (int i = 0; i < mostPerRead && next < blocks.size(); i++) {
            if (blocks.get(next).length > dst.remaining()) {
                break;
            }
            dst.put(blocks.get(next));
            next++;
        }
        return dst.position() - begin;
    }

    @Override
    public int nextRecordLength() {
        return blocks.get(next).length;
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
    public void endAfterSegment() {
        // There is but one.
    }

    @Override
    public void close() {
        // Nothing to let go.
    }
}
