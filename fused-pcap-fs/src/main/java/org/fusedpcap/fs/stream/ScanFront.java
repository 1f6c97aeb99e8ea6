package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.Framing;
import org.fusedpcap.cluster.pcap.PcapngSection;
import org.fusedpcap.cluster.pcap.UnitKind;

/**
 * How far a scan has come in a file, and the steps it makes: it goes from record to record through
 * what was read into a buffer. Not thread-safe; used under the scan's lock.
 */
final class ScanFront {

    private final SegmentContent content;
    private final Framing records;

    /** Whether what a record ends with tells something. */
    private final boolean hasTrailers;

    /** Byte order of the file's first record. */
    private final ByteOrder firstOrder;

    private final RecordIndex index;

    /** What was described before the front. */
    private final PcapngSection section;

    /** What the file began with when that was scanned. */
    private Beginning beginning;

    /** Whether {@link #beginning} is complete, with the first packet. */
    private boolean packetSeen;

    private long end;
    private long packets;
    private ByteOrder order;
    private boolean senseless;

    /**
     * Begins behind the file header.
     *
     * @param beginning the file header that {@code header} was read from
     * @param index gets the records
     */
    ScanFront(
            SegmentContent content, CaptureHeader header, Beginning beginning, RecordIndex index) {
        this.content = content;
        this.index = index;
        this.beginning = beginning;
        this.records = header.framing();
        this.hasTrailers = records.trailerLength() > 0;
        this.firstOrder = header.order();
        this.section = new PcapngSection();
        this.order = firstOrder;
        this.end = header.length();
        // By what a compressed file is told that is overwritten is known from the beginning.
        this.packetSeen = !content.isInFile();
    }

    /** Goes on where another scan stopped. */
    ScanFront(SegmentContent content, CaptureHeader header, KeptScan kept) {
        this.content = content;
        this.index = kept.index();
        this.beginning = kept.beginning();
        this.records = header.framing();
        this.hasTrailers = records.trailerLength() > 0;
        this.firstOrder = header.order();
        this.section = kept.section();
        this.order = kept.order();
        this.end = kept.end();
        this.packets = kept.packets().packets();
        this.senseless = kept.senseless();
        this.packetSeen = packets > 0;
    }

    /** File offset behind the last record that was seen to be whole. */
    long end() {
        return end;
    }

    /** Packets before that. */
    long packets() {
        return packets;
    }

    /** Byte order there. */
    ByteOrder order() {
        return order;
    }

    /** Whether the records stop making sense there. */
    boolean isSenseless() {
        return senseless;
    }

    /** What was described before that. */
    PcapngSection section() {
        return section;
    }

    /** What the file begins with, as far as it was scanned. */
    Beginning beginning() {
        return beginning;
    }

    /** Whether {@link #beginning} is complete, with the first packet. */
    boolean isPacketSeen() {
        return packetSeen;
    }

    /** Scans up to an offset; false where the last whole record was found before. */
    boolean advance(long wanted, long size) throws IOException {
        ByteBuffer chunk = ScanBuffers.take();
        try {
            boolean more = true;
            while (more && end < wanted) {
                // What is compressed may have come to reach further meanwhile.
                more = scan(chunk, Math.max(size, end));
            }
            return more;
        } finally {
            ScanBuffers.giveBack(chunk);
        }
    }

    /** Scans one buffer's worth; false where the last whole record was found. */
    private boolean scan(ByteBuffer chunk, long size) throws IOException {
        return walk(chunk, size, ScanBuffers.fill(chunk, content, end, size), false);
    }

    /**
     * Scans what was read of the file, from the front on; a record that reaches over the buffer's
     * end is left for later.
     *
     * @param chunk full, from index 0 on
     * @param size of the file, at least so much that it holds what was read
     * @return false where the last whole record was found, or none fits into the buffer
     */
    boolean take(ByteBuffer chunk, long size) throws IOException {
        return walk(chunk, size, Optional.empty(), true);
    }

    private boolean walk(ByteBuffer chunk, long size, Optional<IOException> cause, boolean inside)
            throws IOException {
        long base = end;
        Optional<IOException> failure = cause;
        chunk.order(order);
        boolean endsHere = failure.isPresent() || isShort(chunk, size - base);
        long readable = endsHere ? base + chunk.limit() : size;
        int at = 0;
        boolean more = true;
        boolean sense = true;
        while (more) {
            int length = records.unitLength(chunk, at);
            if (length == Framing.INCOMPLETE || isForLater(chunk, at, length, inside)) {
                // The next chunk begins with it.
                break;
            }
            if (failure.isEmpty() && base + at + length > readable && !content.isInFile()) {
                failure = unpackTo(base + at + length);
                readable = Math.max(readable, content.size(0));
                if (at == 0 && failure.isEmpty()) {
                    // Its header may not have been whole before.
                    failure = ScanBuffers.fill(chunk, content, base, readable);
                }
            }
            sense = length != Framing.SENSELESS && endsRight(chunk, base, at + length, readable);
            if (!sense || base + at + length > readable) {
                more = false;
                break;
            }
            UnitKind kind = records.kindOf(chunk, at, length, section);
            if (kind == UnitKind.UNREADABLE) {
                sense = false;
                more = false;
                break;
            }
            index.add(base + at, chunk.order() != firstOrder);
            packets += kind == UnitKind.PACKET ? 1 : 0;
            // A record may reach over the end of the buffer: the next chunk begins behind it.
            at += length;
        }
        senseless = !sense;
        ByteOrder last = chunk.order();
        if (!packetSeen) {
            lookForPacket(chunk.order(order), base, at);
        }
        order = last;
        end = base + at;
        if (failure.isPresent() && sense) {
            throw failure.get();
        }
        return more && at > 0;
    }

    /** Has what is compressed unpacked up to an offset; why that is not to be had, if it failed. */
    Optional<IOException> unpackTo(long offset) {
        if (content.isInFile()) {
            return Optional.empty();
        }
        try {
            content.size(offset);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /** Whether a record that is not all in the buffer is to be seen in the next one. */
    private boolean isForLater(ByteBuffer chunk, int at, int length, boolean inside) {
        if (length == Framing.SENSELESS) {
            return false;
        }
        return inside ? at + length > chunk.limit() : at > 0 && endsUnseen(chunk, at + length);
    }

    /** Whether a file has given less than its size has said: it was cut since. */
    private boolean isShort(ByteBuffer chunk, long expected) {
        return content.isInFile() && chunk.limit() < Math.min(chunk.capacity(), expected);
    }

    /** Whether what a record ends with tells something, and lies behind the buffer's end. */
    private boolean endsUnseen(ByteBuffer chunk, int end) {
        return hasTrailers && end > chunk.limit();
    }

    /** Looks at the end of a first record that is longer than the buffer. */
    private boolean endsRight(ByteBuffer chunk, long base, int end, long size) throws IOException {
        if (!endsUnseen(chunk, end) || base + end > size) {
            return true;
        }
        ByteBuffer trailer = ByteBuffer.allocate(records.trailerLength()).order(chunk.order());
        Optional<IOException> failure =
                ScanBuffers.fill(trailer, content, base + end - trailer.capacity(), size);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return trailer.limit() == trailer.capacity() && records.endsRight(trailer, 0, end);
    }

    /** Notes the first packet, by which a file that is overwritten is told, if it is in a chunk. */
    private void lookForPacket(ByteBuffer chunk, long base, int end) {
        int at = 0;
        while (at < end && !packetSeen) {
            int length = records.unitLength(chunk, at);
            if (records.isPacket(chunk, at)) {
                ByteBuffer header = chunk.slice(at, Math.min(length, records.headerLength()));
                beginning = beginning.withFirstPacket(base + at, header);
                packetSeen = true;
            }
            at += length;
        }
    }
}
