package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.fusedpcap.cluster.pcap.RecordWalk;
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

    private static final long FIRST_RECORD = PcapFormat.FILE_HEADER_LENGTH;

    private final SegmentContent content;
    private final RecordWalk records;
    private volatile long wholeEnd = FIRST_RECORD;
    private volatile boolean senseless;
    private volatile boolean replaced;

    /** The file's length when no whole record was left in it; -1 before. */
    private volatile long exhaustedSize = -1;

    /** Guarded by this. */
    private final RecordIndex index = new RecordIndex();

    /** What the file began with when that was scanned; guarded by this. */
    private Beginning beginning;

    /** How far a scan has come; published as {@link #wholeEnd} behind it. Guarded by this. */
    private long scannedEnd = FIRST_RECORD;

    /**
     * @param beginning the file header that {@code header} was read from
     */
    /** The state in which the file was last found to be what was scanned; guarded by this. */
    private FileIdentity checked = new FileIdentity(0, 0, 0, 0);

    RecordScan(SegmentContent content, PcapHeader header, Beginning beginning) {
        this.content = content;
        this.beginning = beginning;
        this.records = header.records();
    }

    /**
     * The file offset behind the last record known to be whole; behind the file header if there is
     * none.
     */
    long wholeEnd() {
        return wholeEnd;
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
        long size = content.size(sizeFor(wanted));
        boolean more = size - wholeEnd >= records.headerLength() && scan(wanted, size);
        if (!check()) {
            wholeEnd = scannedEnd;
            exhaustedSize = more ? -1 : size;
        }
        return wholeEnd;
    }

    /**
     * The size that must be known of to tell whether the record that reaches an offset is whole.
     */
    private long sizeFor(long wanted) {
        return wanted > Long.MAX_VALUE - records.largestRecord()
                ? Long.MAX_VALUE
                : wanted + records.largestRecord();
    }

    /** Scans up to an offset; false where the last whole record was found before. */
    private boolean scan(long wanted, long size) throws IOException {
        ByteBuffer chunk = ScanBuffers.take();
        try {
            boolean more = true;
            while (more && scannedEnd < wanted) {
                more = scanChunk(chunk, size);
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
            checked = now;
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
        long latest = index.latestAtOrBehind(fileOffset);
        return latest != RecordIndex.UNKNOWN
                ? latest
                : walkFrom(index.recordBefore(fileOffset), fileOffset, true);
    }

    /** Where the last record that ends at or before a file offset ends. */
    synchronized long lastEndBefore(long limit) throws IOException {
        if (wholeEnd <= limit) {
            return wholeEnd;
        }
        long latest = index.latestAtOrBefore(limit);
        return latest != RecordIndex.UNKNOWN
                ? latest
                : walkFrom(index.recordBefore(limit), limit, false);
    }

    /** The first record boundary at or behind an offset, or the last one at or before it. */
    private long walkFrom(long boundary, long fileOffset, boolean behind) throws IOException {
        if (boundary > fileOffset) {
            throw new WindowPassedException(content.file().path(), fileOffset);
        }
        // The header of the record that holds the offset is the last thing needed.
        long needed = Math.min(wholeEnd, fileOffset + records.headerLength());
        ByteBuffer chunk = ScanBuffers.take();
        try {
            long at = boundary;
            while (at < fileOffset) {
                fill(chunk, at, needed);
                long base = at;
                while (at < fileOffset && at - base <= chunk.limit()) {
                    int length = records.recordLength(chunk, (int) (at - base));
                    if (length == RecordWalk.INCOMPLETE) {
                        break;
                    }
                    if (length == RecordWalk.SENSELESS) {
                        throw new ShortFileException(content.file().path(), at);
                    }
                    if (!behind && at + length > fileOffset) {
                        return at;
                    }
                    at += length;
                }
                if (at == base) {
                    throw new ShortFileException(content.file().path(), at);
                }
            }
            return at;
        } finally {
            ScanBuffers.giveBack(chunk);
        }
    }

    /** Scans one buffer's worth; false where the last whole record was found. */
    private boolean scanChunk(ByteBuffer chunk, long size) throws IOException {
        long base = scannedEnd;
        fill(chunk, base, size);
        int at = 0;
        boolean more = true;
        boolean sense = true;
        while (more) {
            int length = records.recordLength(chunk, at);
            if (length == RecordWalk.INCOMPLETE) {
                break;
            }
            sense = length != RecordWalk.SENSELESS;
            more = sense && base + at + length <= size;
            if (more) {
                index.add(base + at);
                // A record may reach over the end of the buffer: the next chunk begins behind it.
                at += length;
            }
        }
        senseless = !sense;
        if (base == FIRST_RECORD && at > 0) {
            beginning = content.beginning(beginning, chunk);
        }
        scannedEnd = base + at;
        return more && at > 0;
    }

    private void fill(ByteBuffer chunk, long offset, long size) throws IOException {
        chunk.clear().limit((int) Math.min(chunk.capacity(), size - offset));
        while (chunk.hasRemaining()) {
            if (content.read(chunk, offset + chunk.position()) == 0) {
                break;
            }
        }
        chunk.flip().order(records.order());
    }
}
