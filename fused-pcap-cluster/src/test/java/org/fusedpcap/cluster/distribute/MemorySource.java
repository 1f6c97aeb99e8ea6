package org.fusedpcap.cluster.distribute;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.PcapHeader;

/** A stream of segments in memory, which may grow while it is read. Thread-safe. */
final class MemorySource implements RecordSource {

    private static final class Segment {
        final String name;
        byte[] bytes = new byte[0];

        Segment(String name) {
            this.name = name;
        }
    }

    private final ByteOrder order;
    private final PcapHeader format;
    private final List<Segment> segments = new ArrayList<>();
    private Optional<IOException> failure = Optional.empty();
    private boolean complete;
    private boolean closed;
    private boolean busy;
    private int mostPerRead = Integer.MAX_VALUE;
    private int segment;
    private int at;
    private int lastSegment = Integer.MAX_VALUE;
    private int reads;

    MemorySource(ByteOrder order) {
        this.order = order;
        this.format = TestRecords.format(order);
        startSegment("a");
    }

    /** A stream that is there as a whole, in one segment. */
    static MemorySource of(ByteOrder order, byte[] records) {
        MemorySource source = new MemorySource(order);
        source.append(records);
        source.complete();
        return source;
    }

    synchronized void startSegment(String name) {
        segments.add(new Segment(name));
    }

    synchronized void append(byte[] records) {
        Segment newest = segments.get(segments.size() - 1);
        ByteBuffer joined = ByteBuffer.allocate(newest.bytes.length + records.length);
        newest.bytes = joined.put(newest.bytes).put(records).array();
    }

    synchronized void complete() {
        complete = true;
    }

    /** Behind what is there the source fails. */
    synchronized void failAtEnd(IOException cause) {
        failure = Optional.of(cause);
    }

    synchronized void limitReads(int bytes) {
        mostPerRead = bytes;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized int reads() {
        return reads;
    }

    @Override
    public ByteBuffer fileHeader() {
        return TestRecords.fileHeader(order);
    }

    @Override
    public PcapHeader format() {
        return format;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        enter();
        try {
            return put(dst);
        } finally {
            leave();
        }
    }

    private synchronized void enter() {
        if (busy || closed) {
            throw new AssertionError("read by two at once, or after close");
        }
        busy = true;
        reads++;
    }

    private synchronized void leave() {
        busy = false;
    }

    private synchronized int put(ByteBuffer dst) throws IOException {
        while (at == segments.get(segment).bytes.length) {
            if (segment >= lastSegment) {
                return END_OF_STREAM;
            }
            if (segment == segments.size() - 1) {
                if (failure.isPresent()) {
                    throw failure.get();
                }
                return complete ? END_OF_STREAM : NOTHING_YET;
            }
            segment++;
            at = 0;
        }
        int from = at;
        byte[] bytes = segments.get(segment).bytes;
        int room = Math.min(dst.remaining(), mostPerRead);
        while (at < bytes.length && (at == from || at - from + lengthAt(at) <= room)) {
            if (lengthAt(at) > dst.remaining()) {
                return RECORD_TOO_LARGE;
            }
            at += lengthAt(at);
        }
        dst.put(bytes, from, at - from);
        return at - from;
    }

    private int lengthAt(int index) {
        return TestRecords.RECORD_HEADER
                + ByteBuffer.wrap(segments.get(segment).bytes).order(order).getInt(index + 8);
    }

    @Override
    public synchronized int nextRecordLength() {
        return lengthAt(at);
    }

    @Override
    public synchronized String segment() {
        return segments.get(segment).name;
    }

    @Override
    public synchronized String nextSegment() {
        return segment + 1 < segments.size() ? segments.get(segment + 1).name : "";
    }

    @Override
    public synchronized void endAfterSegment() {
        lastSegment = segment;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
