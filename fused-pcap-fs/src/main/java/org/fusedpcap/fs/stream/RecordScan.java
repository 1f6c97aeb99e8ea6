package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.Framing;
import org.fusedpcap.cluster.pcap.PcapngSection;
import org.fusedpcap.cluster.pcap.UnitKind;
import org.fusedpcap.fs.linux.FileIdentity;

/**
 * Finds out how far the records of one file are whole, from its beginning on and never further than
 * asked.
 *
 * <p>Thread-safe: what scans takes the scan's lock, under which nothing waits but the disk; {@link
 * #wholeEnd}, {@link #isSenseless} and {@link #isReplaced} are read without it. {@code wholeEnd} is
 * stored after the records before it were seen whole <em>and</em> the file was seen, after that, to
 * be the one that was scanned from the beginning. So a reader of it may use all bytes before it, as
 * long as {@link #check} finds the file unreplaced once they are copied.
 */
final class RecordScan {

    /** So much behind a place is looked for, that the header of a record there is whole. */
    private static final long LOOK_AHEAD = 64 * 1024;

    private final SegmentContent content;
    private final Framing records;

    /** Whether what a record ends with tells something. */
    private final boolean hasTrailers;

    /** Byte order of the file's first record. */
    private final ByteOrder firstOrder;

    /** File offset of the first record. */
    private final long firstRecord;

    private volatile long wholeEnd;
    private volatile boolean senseless;
    private volatile boolean replaced;

    /** Stored a moment before {@link #wholeEnd}, by the same thread. */
    private volatile PacketCount packets;

    /** The file's length when no whole record was left in it; -1 before. */
    private volatile long exhaustedSize = -1;

    /** Guarded by this. */
    private final RecordIndex index;

    /** Guarded by this. */
    private final RecordPlaces places;

    /** What the file began with when that was scanned; guarded by this. */
    private Beginning beginning;

    /** How far a scan has come; published as {@link #wholeEnd} behind it. Guarded by this. */
    private long scannedEnd;

    /** Packets before that; guarded by this. */
    private long scannedPackets;

    /** Byte order there; guarded by this. */
    private ByteOrder scannedOrder;

    /** What was described before that; guarded by this. */
    private final PcapngSection section;

    /** Whether {@link #beginning} is to be completed with the first packet; guarded by this. */
    private boolean packetSeen;

    /** The state in which the file was last found to be what was scanned; guarded by this. */
    private FileIdentity checked = new FileIdentity(0, 0, 0, 0);

    /**
     * @param beginning the file header that {@code header} was read from
     */
    RecordScan(SegmentContent content, CaptureHeader header, Beginning beginning) {
        this.content = content;
        this.index = new RecordIndex();
        this.beginning = beginning;
        this.records = header.framing();
        this.hasTrailers = records.trailerLength() > 0;
        this.firstOrder = header.order();
        this.scannedOrder = firstOrder;
        this.section = new PcapngSection();
        this.places = new RecordPlaces(content, header, index);
        this.firstRecord = header.length();
        this.scannedEnd = firstRecord;
        this.wholeEnd = firstRecord;
        this.packets = PacketCount.begin(firstRecord);
        // By what a compressed file is told that is overwritten is known from the beginning.
        this.packetSeen = !content.isInFile();
    }

    /**
     * Goes on where another scan of the same file stopped.
     *
     * @param kept of the file in a state that it was in since {@code header} was read
     */
    RecordScan(SegmentContent content, CaptureHeader header, KeptScan kept) {
        this.content = content;
        this.index = kept.index();
        this.beginning = kept.beginning();
        this.records = header.framing();
        this.hasTrailers = records.trailerLength() > 0;
        this.firstOrder = header.order();
        this.scannedOrder = kept.order();
        this.section = kept.section();
        this.places = new RecordPlaces(content, header, index);
        this.firstRecord = header.length();
        this.scannedEnd = kept.end();
        this.wholeEnd = kept.end();
        this.packets = kept.packets();
        this.scannedPackets = kept.packets().packets();
        this.senseless = kept.senseless();
        this.exhaustedSize = kept.identity().size();
        this.checked = kept.identity();
        this.packetSeen = scannedPackets > 0;
    }

    /**
     * What is worth keeping when nobody reads the file any more. The scan cannot go on after that.
     *
     * @param now the state the file is in
     * @return empty if it was not scanned to its end, or holds something else now
     */
    synchronized Optional<KeptScan> keep(FileIdentity now) throws IOException {
        if (!isFinished(now.size()) || check() || !checked.equals(now)) {
            return Optional.empty();
        }
        index.shrink();
        return Optional.of(
                new KeptScan(
                        now,
                        beginning,
                        index,
                        wholeEnd,
                        scannedOrder,
                        section,
                        packets,
                        senseless));
    }

    /** File offset of the first record. */
    long firstRecord() {
        return firstRecord;
    }

    /**
     * The file offset behind the last record known to be whole; behind the file header if there is
     * none.
     */
    long wholeEnd() {
        return wholeEnd;
    }

    /** Any thread: how many packets there are, as far as was scanned. */
    PacketCount packets() {
        return packets;
    }

    /**
     * Whether the records stop making sense at {@link #wholeEnd}. More can come only if those bytes
     * are written once more, as by a writer for whose records room was allocated ahead.
     */
    boolean isSenseless() {
        return senseless;
    }

    /**
     * Whether the file was found to hold something else than what was scanned: it is shorter, or
     * begins with another packet. A ring that writes into its old files does that.
     */
    boolean isReplaced() {
        return replaced;
    }

    /**
     * Whether a file of this length is scanned to its end.
     *
     * @param size in bytes
     */
    boolean isFinished(long size) {
        return exhaustedSize == size;
    }

    /**
     * Scans on until a file offset is reached, or no whole record is left.
     *
     * @param wanted the file offset to reach
     * @return {@link #wholeEnd}, which is behind {@code wanted} by less than one chunk and a
     *     record, or before it where there is no more
     */
    synchronized long advance(long wanted) throws IOException {
        if (wholeEnd >= wanted || replaced) {
            return wholeEnd;
        }
        long most = wanted > Long.MAX_VALUE - LOOK_AHEAD ? wanted : wanted + LOOK_AHEAD;
        Optional<IOException> failure = unpackTo(most);
        long size = content.size(0);
        boolean more = true;
        try {
            more = size - wholeEnd >= records.shortestUnit() && scan(wanted, size);
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        if (!check()) {
            packets = packets.next(scannedEnd, scannedPackets);
            wholeEnd = scannedEnd;
            exhaustedSize = more ? -1 : size;
        }
        // What is whole before a place that the disk does not give is there all the same.
        if (failure.isPresent() && wholeEnd < wanted) {
            throw failure.get();
        }
        return wholeEnd;
    }

    /** Has what is compressed unpacked up to an offset; why that is not to be had, if it failed. */
    private Optional<IOException> unpackTo(long offset) {
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

    /** Scans up to an offset; false where the last whole record was found before. */
    private boolean scan(long wanted, long size) throws IOException {
        ByteBuffer chunk = ScanBuffers.take();
        try {
            boolean more = true;
            while (more && scannedEnd < wanted) {
                // What is compressed may have come to reach further meanwhile.
                more = scanChunk(chunk, Math.max(size, scannedEnd));
            }
            return more;
        } finally {
            ScanBuffers.giveBack(chunk);
        }
    }

    /** From now on questions are about what lies behind an offset, or a little before it. */
    synchronized void keepFrom(long offset) {
        index.forgetBefore(content.keepFrom(offset));
    }

    /** What the file begins with, as far as it was scanned. */
    synchronized Beginning beginning() {
        return beginning;
    }

    /** Whether the first packet is known, by which a file that is overwritten is told. */
    synchronized boolean isPacketSeen() {
        return packetSeen;
    }

    /** The file's length when it was last found to be what was scanned. */
    synchronized long lastSize() {
        return checked.size();
    }

    /**
     * Looks whether the file still is what was scanned, even where a scan has no need to.
     *
     * @return {@link #isReplaced}
     */
    synchronized boolean check() throws IOException {
        if (replaced) {
            return true;
        }
        FileIdentity now = content.file().identity();
        if (!now.equals(checked)) {
            replaced = !content.fits(now, scannedEnd) || !beginning.isIn(content.file());
            checked = replaced ? checked : now;
        }
        return replaced;
    }

    /**
     * Where the record that holds a byte ends.
     *
     * @param fileOffset of the byte, inside what was scanned or at its end
     * @return {@code fileOffset} itself if a record begins or the last one ends there
     */
    synchronized long endOfRecordAt(long fileOffset) throws IOException {
        if (fileOffset >= wholeEnd) {
            return wholeEnd;
        }
        return places.atOrBehind(fileOffset, wholeEnd);
    }

    /** Where the last record that ends at or before a file offset ends. */
    synchronized long lastEndBefore(long limit) throws IOException {
        if (wholeEnd <= limit) {
            return wholeEnd;
        }
        return places.atOrBefore(limit, wholeEnd);
    }

    /** Scans one buffer's worth; false where the last whole record was found. */
    private boolean scanChunk(ByteBuffer chunk, long size) throws IOException {
        long base = scannedEnd;
        Optional<IOException> failure =
                ScanBuffers.fill(chunk.order(scannedOrder), content, base, size);
        boolean endsHere = failure.isPresent() || isShort(chunk, size - base);
        long readable = endsHere ? base + chunk.limit() : size;
        int at = 0;
        boolean more = true;
        boolean sense = true;
        while (more) {
            int length = records.unitLength(chunk, at);
            if (length == Framing.INCOMPLETE || at > 0 && endsUnseen(chunk, at + length)) {
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
            scannedPackets += kind == UnitKind.PACKET ? 1 : 0;
            // A record may reach over the end of the buffer: the next chunk begins behind it.
            at += length;
        }
        senseless = !sense;
        ByteOrder order = chunk.order();
        if (!packetSeen) {
            lookForPacket(chunk.order(scannedOrder), base, at);
        }
        scannedOrder = order;
        scannedEnd = base + at;
        if (failure.isPresent() && sense) {
            throw failure.get();
        }
        return more && at > 0;
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
