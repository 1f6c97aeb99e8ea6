package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.fs.linux.FileIdentity;

/**
 * Finds out how far the records of one file are whole, from its beginning on and never further than
 * asked.
 *
 * <p>Thread-safe: what scans takes the scan's lock, under which nothing waits but the disk; {@link
 * #wholeEnd}, {@link #isSenseless} and {@link #isReplaced} are read without it. Who {@linkplain
 * #scanAhead scans ahead} takes it only to go through what was read. {@code wholeEnd} is stored
 * after the records before it were seen whole <em>and</em> the file was seen, after that, to be the
 * one that was scanned from the beginning. So a reader of it may use all bytes before it, as long
 * as {@link #check} finds the file unreplaced once they are copied.
 */
final class RecordScan {

    /** So much behind a place is looked for, that the header of a record there is whole. */
    private static final long LOOK_AHEAD = 64 * 1024;

    private final SegmentContent content;

    /** Length of the shortest record. */
    private final int shortestUnit;

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

    /** How far a scan has come; published as {@link #wholeEnd} behind it. Guarded by this. */
    private final ScanFront front;

    /** The state in which the file was last found to be what was scanned; guarded by this. */
    private FileIdentity checked = new FileIdentity(0, 0, 0, 0);

    /**
     * @param beginning the file header that {@code header} was read from
     */
    RecordScan(SegmentContent content, CaptureHeader header, Beginning beginning) {
        this.content = content;
        this.index = new RecordIndex();
        this.front = new ScanFront(content, header, beginning, index);
        this.shortestUnit = header.framing().shortestUnit();
        this.places = new RecordPlaces(content, header, index);
        this.firstRecord = header.length();
        this.wholeEnd = firstRecord;
        this.packets = PacketCount.begin(firstRecord);
    }

    /**
     * Goes on where another scan of the same file stopped.
     *
     * @param kept of the file in a state that it was in since {@code header} was read
     */
    RecordScan(SegmentContent content, CaptureHeader header, KeptScan kept) {
        this.content = content;
        this.index = kept.index();
        this.front = new ScanFront(content, header, kept);
        this.shortestUnit = header.framing().shortestUnit();
        this.places = new RecordPlaces(content, header, index);
        this.firstRecord = header.length();
        this.wholeEnd = kept.end();
        this.packets = kept.packets();
        this.senseless = kept.senseless();
        this.exhaustedSize = kept.identity().size();
        this.checked = kept.identity();
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
                        front.beginning(),
                        index,
                        wholeEnd,
                        front.order(),
                        front.section(),
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
        Optional<IOException> failure = front.unpackTo(most);
        long size = content.size(0);
        boolean more = true;
        try {
            more = size - wholeEnd >= shortestUnit && front.advance(wanted, size);
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        publish(more, size);
        // What is whole before a place that the disk does not give is there all the same.
        if (failure.isPresent() && wholeEnd < wanted) {
            throw failure.get();
        }
        return wholeEnd;
    }

    /** Shows what was scanned, if the file still is what it was. */
    private void publish(boolean more, long size) throws IOException {
        if (!check()) {
            packets = packets.next(front.end(), front.packets());
            senseless = front.isSenseless();
            wholeEnd = front.end();
            exhaustedSize = more ? -1 : size;
        }
    }

    /**
     * Scans what is read into a buffer, so that it need not be read again; as {@link #advance}
     * otherwise. The first packet must be known: what is overwritten is told by that.
     *
     * @param dst whole records go to its position, which moves
     * @param from the file offset of a record
     * @return whether there are any; if not, {@link #advance} tells why, and the buffer's content
     *     means nothing
     */
    synchronized boolean scanInto(ByteBuffer dst, long from) throws IOException {
        boolean goesOn = from == front.end() && front.isPacketSeen() && !replaced && !senseless;
        if (!goesOn || !content.isInFile()) {
            return false;
        }
        long size = content.size(0);
        ByteBuffer chunk = dst.slice();
        boolean isFull =
                size - from >= chunk.capacity()
                        && ScanBuffers.fill(chunk, content, from, size).isEmpty()
                        && chunk.limit() == chunk.capacity();
        if (!isFull || !take(chunk, size)) {
            return false;
        }
        dst.position(dst.position() + (int) (wholeEnd - from));
        return true;
    }

    private boolean take(ByteBuffer chunk, long size) throws IOException {
        long from = front.end();
        boolean more = front.take(chunk, size);
        if (front.end() > from) {
            publish(more, size);
        }
        return front.end() > from && !replaced;
    }

    /** From now on questions are about what lies behind an offset, or a little before it. */
    synchronized void keepFrom(long offset) {
        index.forgetBefore(content.keepFrom(offset));
    }

    /** What the file begins with, as far as it was scanned. */
    synchronized Beginning beginning() {
        return front.beginning();
    }

    /** Whether the first packet is known, by which a file that is overwritten is told. */
    synchronized boolean isPacketSeen() {
        return front.isPacketSeen();
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
            replaced = !content.fits(now, front.end()) || !front.beginning().isIn(content.file());
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
}
