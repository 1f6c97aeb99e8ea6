package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.linux.NativeMemory;
import org.fusedpcap.fs.series.Compression;

/**
 * The segment that a stream is in, held open, and its share of the stream so far. Offsets in the
 * share begin at 0 with the first byte of the file that goes into the stream. Not thread-safe; used
 * under the stream's lock.
 */
final class ReadPosition {

    private SegmentFile file;

    /** Where it was opened. */
    private final Place place;

    /** File offset behind which a compressed file is not read. */
    private final long packedLimit;

    /** Offset in the capture behind which it is not read. */
    private long limit;

    /** Whether the limit holds for what a compressed file holds, too. */
    private final boolean limitsContent;

    /** File offset of the share's first byte. */
    private long fileStart;

    /** How the share's bytes differ from the file's. */
    private Rewriting rewriting = Rewriting.NONE;

    /** File offset behind the file header. */
    private long headerEnd;

    /** File offset behind the last whole record before the limit, as far as is known. */
    private long wholeEnd;

    /** Whether the file header was there and fits, so that the records are read. */
    private boolean entered;

    /** Whether the last whole record before the limit is known. */
    private boolean limitReached;

    /**
     * The share as others may look at it.
     *
     * @param scan of the file
     * @param fileStart file offset of the share's first byte
     */
    record Seen(RecordScan scan, long fileStart) {

        long packetsBefore(long shareOffset) {
            return scan.packets().before(fileStart + shareOffset);
        }
    }

    /** Whether nothing more is to be read here. */
    private boolean left;

    /** Whether it was told that the file cannot be read. */
    private boolean failureTold;

    private ReadPosition(
            SegmentFile file, Place place, long packedLimit, long limit, boolean limitsContent) {
        this.file = file;
        this.place = place;
        this.packedLimit = packedLimit;
        this.limit = limit;
        this.limitsContent = limitsContent;
    }

    /** Opens a segment that may grow. */
    static ReadPosition open(SegmentFiles files, Path path) throws IOException {
        return open(files, () -> path, Long.MAX_VALUE);
    }

    /**
     * Opens a segment.
     *
     * @param limit file offset behind which it is not read
     */
    static ReadPosition open(SegmentFiles files, Place place, long limit) throws IOException {
        return new ReadPosition(files.open(place.path()), place, limit, limit, false);
    }

    /**
     * Opens the file that has taken a segment's place: the same capture, compressed or unpacked
     * meanwhile.
     *
     * @param path of the file that is gone
     * @param limit offset in the capture behind which it is not read
     * @throws NoSuchFileException if there is none
     */
    static ReadPosition openInstead(SegmentFiles files, Path path, long limit) throws IOException {
        for (String name : Compression.variants(String.valueOf(path.getFileName()))) {
            Path instead = path.resolveSibling(name);
            try {
                SegmentFile file = files.open(instead);
                return new ReadPosition(file, () -> instead, Long.MAX_VALUE, limit, true);
            } catch (NoSuchFileException e) {
                // Perhaps in the next one.
            }
        }
        throw new NoSuchFileException(path.toString());
    }

    /** Whether this is not the file that was asked for, but one that has taken its place. */
    boolean isInstead() {
        return limitsContent;
    }

    /** Whether the file is compressed; known once there was a {@link #look} at it. */
    boolean isPacked() {
        return !file.isInFile();
    }

    String name() {
        return file.name();
    }

    SegmentFile file() {
        return file;
    }

    Optional<CaptureHeader> header() throws IOException {
        return file.header();
    }

    /** Whether the records are being read. */
    boolean isEntered() {
        return entered;
    }

    /**
     * Looks at the first record, if it is there, so that it is noticed when the file is overwritten
     * from then on.
     */
    void look() throws IOException {
        choose();
        file.look();
    }

    /**
     * Looks at the first record before the stream has come here. Of what is compressed nothing is
     * unpacked for that: the memory that it takes may be in use by the segment before.
     */
    void lookAhead() throws IOException {
        choose();
        if (!isPacked()) {
            file.look();
        }
    }

    private void choose() throws IOException {
        if (!entered) {
            file = file.forReader(packedLimit);
            limit = isPacked() && !limitsContent ? Long.MAX_VALUE : limit;
        }
    }

    /** The stream begins here: the file header goes into it. */
    void enterWithHeader(Rewriting bytes) {
        enter(0, file.scan().firstRecord(), bytes);
    }

    /** The stream goes on here: the file header is left out. */
    void enterBehindHeader(Rewriting bytes) {
        enter(file.scan().firstRecord(), file.scan().firstRecord(), bytes);
    }

    private void enter(long start, long firstRecord, Rewriting bytes) {
        entered = true;
        rewriting = bytes;
        fileStart = start;
        headerEnd = firstRecord;
        wholeEnd = firstRecord;
    }

    /** Nothing more is to be read of this segment, and its share is settled. */
    void leave() {
        entered = false;
        left = true;
    }

    boolean isLeft() {
        return left;
    }

    /** The share for others to look at; empty if no records are being read. */
    Optional<Seen> seen() {
        return entered ? Optional.of(new Seen(file.scan(), fileStart)) : Optional.empty();
    }

    /** Length of the share as far as it is known, in bytes. */
    long share() {
        return entered ? wholeEnd - fileStart : 0;
    }

    /**
     * Makes the share known up to an offset in it, if there is so much.
     *
     * @param readFrom offset in it where the reader is; may lie before it
     */
    void advance(long shareOffset, long readFrom) throws IOException {
        if (limitReached) {
            return;
        }
        long wanted = shareOffset > limit - fileStart ? limit : fileStart + shareOffset;
        try {
            file.scanTo(wanted, fileStart + readFrom);
        } finally {
            // What is whole before a place that cannot be read is there all the same.
            know(file.scan());
        }
    }

    /**
     * Makes the share known by what is read into a buffer, if that is simple: as {@link #advance}
     * otherwise.
     *
     * @param dst whole records go to its position, which moves
     * @param shareOffset where to go on, at the end of the share
     * @return whether there are any; if not, the buffer's content means nothing
     */
    boolean scanInto(ByteBuffer dst, long shareOffset) throws IOException {
        long from = fileStart + shareOffset;
        boolean simple =
                entered
                        && rewriting == Rewriting.NONE
                        && from == wholeEnd
                        && limit - from >= dst.remaining();
        int begin = dst.position();
        if (!simple || !file.scan().scanInto(dst, from)) {
            return false;
        }
        // What is in the buffer, and no more: another reader may have scanned on meanwhile, or have
        // found the file overwritten, and this was right for all that.
        wholeEnd = from + dst.position() - begin;
        return true;
    }

    private void know(RecordScan scan) throws IOException {
        long end = scan.wholeEnd();
        if (scan.isReplaced()) {
            return;
        }
        if (end <= limit) {
            wholeEnd = end;
        } else {
            endAtLimit(scan);
        }
    }

    private void endAtLimit(RecordScan scan) throws IOException {
        try {
            wholeEnd = scan.lastEndBefore(limit);
            limitReached = true;
        } catch (ShortFileException e) {
            if (!scan.check()) {
                throw e;
            }
        }
    }

    /** Whether the file was found to be overwritten since it was scanned. */
    boolean isReplaced() {
        return entered && file.scan().isReplaced();
    }

    /** Looks whether the file was overwritten since it was scanned. */
    boolean isOverwritten() throws IOException {
        return entered && file.scan().check();
    }

    void collect(long from, long to, ByteSink sink) throws IOException {
        sink.add(file, rewriting, fileStart + from, (int) (to - from));
    }

    /** The last offset in the share, at or before one that is known, where a record ends. */
    long recordEndBefore(long shareOffset) throws IOException {
        long end = fileStart + shareOffset;
        return end < headerEnd ? 0 : file.scan().lastEndBefore(end) - fileStart;
    }

    /** The first offset in the share behind one that is known where a record ends. */
    long recordEndBehind(long shareOffset) throws IOException {
        return file.scan().endOfRecordAt(fileStart + shareOffset + 1) - fileStart;
    }

    /**
     * Collects bytes; what is left of the record that they end in.
     *
     * @param last what was left after the answer before: a long block of pcapng is read in many
     *     pieces, and its end is copied once
     */
    CutRecord collectToCut(long from, long to, PieceList pieces, CutRecord last)
            throws IOException {
        if (last.covers(to)) {
            collect(from, to, pieces);
            return last.from(to);
        }
        long end = fileStart + to;
        if (to - from >= PieceList.SHORTEST_IN_FILE || end <= headerEnd) {
            collect(from, to, pieces);
            return cutRecordAt(to);
        }
        // Bytes and rest in one system call: small reads are what libpcap's tools do.
        int length = (int) (to - from);
        int rest = (int) (file.scan().endOfRecordAt(end) - end);
        NativeMemory memory = rewriting.copyToNative(file, fileStart + from, length + rest);
        pieces.add(memory, length);
        ByteBuffer left = ByteBuffer.allocate(rest).put(memory.buffer().slice(length, rest)).flip();
        return new CutRecord(to, left);
    }

    /** What is left of the record that an answer ends in. */
    CutRecord cutRecordAt(long shareOffset) throws IOException {
        long cutAt = fileStart + shareOffset;
        if (cutAt <= headerEnd) {
            return new CutRecord(shareOffset, copy(cutAt, headerEnd));
        }
        long end = file.scan().endOfRecordAt(cutAt);
        return new CutRecord(shareOffset, copy(cutAt, end));
    }

    private ByteBuffer copy(long from, long to) throws IOException {
        return rewriting.copy(file, from, (int) (to - from));
    }

    /** File offset behind the share. */
    long endInFile() {
        return entered ? wholeEnd : 0;
    }

    /** Reports, once, that the file cannot be read behind the share. */
    void failed(IOException why, StreamEvents events) {
        if (!failureTold && !(why instanceof InvalidCaptureException)) {
            failureTold = true;
            events.unreadable(file.path(), endInFile(), why);
        }
    }

    /** How long it was when it was last seen: of what is compressed, as far as it was unpacked. */
    long lastSize() {
        return isPacked() ? endInFile() : file.lastSize();
    }

    /** File offset of a place in the share. */
    long inFile(long shareOffset) {
        return entered ? fileStart + shareOffset : 0;
    }

    /**
     * Puts the share, now final, behind what is settled, and reports an end that is no whole
     * record.
     */
    void settleInto(SegmentTrail trail, StreamEvents events) throws IOException {
        // Asked first: if it fails, nothing is settled, and this can be tried again.
        long rest = Math.min(file.size(), limit) - endInFile();
        if (entered) {
            trail.settle(file, place, rewriting, file.scan().beginning(), fileStart, share());
        }
        Optional<String> damage = file.damage();
        file.finish();
        if (damage.isPresent()) {
            events.damaged(name(), file.packedOffset(), damage.get(), Math.max(0, rest));
        } else if (rest > 0) {
            events.torn(name(), endInFile(), rest, entered && file.scan().isSenseless());
        }
        leave();
    }

    /**
     * Settles what a reader has got of a file that was overwritten since, and the rest of the
     * record that its last answer was cut in.
     */
    void settleOverwrittenInto(SegmentTrail trail, CutRecord cut) {
        trail.settleGone(file, cut.shareOffset());
        trail.settle(file, cut.rest());
        leave();
    }

    void release() {
        file.release();
    }
}
