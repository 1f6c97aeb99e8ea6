package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.cluster.distribute.RecordSource;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.FirstInterfaces;
import org.fusedpcap.cluster.pcap.PcapHeader;

/** A stream's records in a row, for a cluster to share out. Called by one thread at a time. */
public final class SegmentRecords implements RecordSource {

    /** Interfaces are described in a stream's first few hundred bytes, as a rule. */
    private static final int FIRST_BLOCKS = 64 * 1024;

    private final SegmentStream stream;
    private final MovableEnd ends;
    private final Runnable beforeRead;
    private final ByteBuffer header;
    private final CaptureHeader format;

    /** Written by the one thread that reads at a time, read by anybody. */
    private volatile long position;

    private int tooLong;
    private volatile String segment;
    private volatile Optional<String> lastSegment = Optional.empty();

    /**
     * Takes over a stream, from its first record on.
     *
     * @param ends where it ends
     * @param start name of its first segment
     * @param beforeRead is called before each read, which takes longer than handing out what is
     *     there
     * @throws MissingHeaderException if its header is not there
     */
    public SegmentRecords(SegmentStream stream, MovableEnd ends, String start, Runnable beforeRead)
            throws IOException {
        this.stream = stream;
        this.ends = ends;
        this.segment = start;
        this.beforeRead = beforeRead;
        ByteBuffer beginning = ByteBuffer.allocate(CaptureHeader.LONGEST);
        if (stream.begin(beginning) instanceof SegmentSlice.None none) {
            nothing(none.why());
        }
        beginning.flip();
        this.format = CaptureHeader.read(beginning).orElseThrow(MissingHeaderException::new);
        this.header = beginning.limit(format.length()).asReadOnlyBuffer();
        this.position = format.length();
    }

    @Override
    public ByteBuffer fileHeader() {
        return header.duplicate();
    }

    @Override
    public CaptureHeader format() {
        return format;
    }

    /**
     * Link types of the stream's packets as far as they are known: in pcapng of the interfaces that
     * are described before the first packet, which may be none yet.
     */
    public List<Integer> linkTypes() throws IOException {
        if (format instanceof PcapHeader pcap) {
            return List.of(pcap.linkType());
        }
        ByteBuffer blocks = ByteBuffer.allocate(FIRST_BLOCKS).order(format.order());
        stream.begin(blocks);
        return FirstInterfaces.linkTypes(blocks.flip());
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        beforeRead.run();
        int begin = dst.position();
        SegmentSlice slice = stream.readSegment(position, dst);
        if (lastSegment.filter(last -> !last.equals(slice.segment())).isPresent()) {
            dst.position(begin);
            return END_OF_STREAM;
        }
        if (slice instanceof SegmentSlice.Bytes bytes) {
            position = position + bytes.length();
            segment = bytes.segment();
            return bytes.length();
        }
        if (slice instanceof SegmentSlice.TooLong first) {
            tooLong = first.length();
            return RECORD_TOO_LARGE;
        }
        return nothing(((SegmentSlice.None) slice).why());
    }

    private static int nothing(ReadResult why) throws IOException {
        if (why instanceof ReadResult.Failed failed) {
            throw failed.cause();
        }
        return why == ReadResult.Nothing.END ? END_OF_STREAM : NOTHING_YET;
    }

    /** Any thread: stream offset behind what was read. */
    public long position() {
        return position;
    }

    @Override
    public int nextRecordLength() {
        return tooLong;
    }

    @Override
    public String segment() {
        return segment;
    }

    @Override
    public String nextSegment() {
        return stream.segment().equals(segment)
                ? stream.nextSegment().orElse("")
                : stream.segment();
    }

    // The stream may have come to a later segment already; what it says of that is not passed on.
    @Override
    public void endAfterSegment() {
        lastSegment = Optional.of(segment);
        ends.moveBehind(segment);
    }

    @Override
    public void close() {
        stream.close();
    }
}
