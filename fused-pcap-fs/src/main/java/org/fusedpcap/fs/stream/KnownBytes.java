package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The bytes of a stream that are known to be there: those of the settled segments, and behind them
 * those of the segment being read. Not thread-safe; used under the stream's lock.
 *
 * <p>A file may be overwritten at any moment. So whoever reads ({@link PieceReads}, {@link
 * RecordReads}) takes bytes first and looks at the file afterwards: only if it then still is what
 * was scanned, they are handed out.
 */
final class KnownBytes {

    /** So far behind what was handed out a compressed segment is looked at. */
    private static final int LOOK_AHEAD = 2 << 20;

    /** Unpacking so much takes no longer than one can wait for an interrupt. */
    private static final int SKIPPED_AT_ONCE = 4 << 20;

    /**
     * So often one read looks again where a file was short for a moment only: it was cut and
     * written with the same bytes once more.
     */
    private static final int MOST_SHORT_LOOKS = 20;

    /** The stream offset behind the last byte that was handed out. */
    private long handedOut;

    /** Goes on in the files. */
    @FunctionalInterface
    interface Extension {
        /**
         * Makes the stream known up to an offset, or as far as there is something; leaves a segment
         * that was found to be overwritten.
         */
        void extend(long target) throws IOException;
    }

    private final SegmentTrail trail;

    private Optional<ReadPosition> position = Optional.empty();
    private CutRecord cut = CutRecord.NONE;

    /** Where the read that is under way begins, and how long it is; none is: -1. */
    private long readFrom = -1;

    private int readLength;

    /** How often that read has found a file to be short for a moment. */
    private int shortLooks;

    /** Written under the stream's lock, read by anybody. */
    private volatile Standing standing = Standing.BEGIN;

    KnownBytes(SegmentTrail trail) {
        this.trail = trail;
    }

    /** The settled segments. */
    SegmentTrail trail() {
        return trail;
    }

    /** The stream offset behind all that is known. */
    long end() {
        return trail.end() + position.map(ReadPosition::share).orElse(0L);
    }

    /** The stream offset at which the share of the segment being read begins. */
    long settledEnd() {
        return trail.end();
    }

    /** Whether readers have got all that is known. */
    boolean isAllHandedOut() {
        return handedOut >= end();
    }

    /**
     * File offset in the segment being read behind the last record that a reader has got, or has
     * begun and will get.
     */
    long handedOutInFile() {
        long share = cut.shareOffset() + cut.rest().remaining();
        return position.map(present -> present.inFile(share)).orElse(0L);
    }

    /** Any thread: how far the stream has come. */
    Standing standing() {
        return standing;
    }

    /** The segment being read has been entered: shows it to those who only look. */
    void show() {
        standing =
                new Standing(
                        trail.end(),
                        standing.settledPackets(),
                        position.flatMap(ReadPosition::seen));
    }

    private void settled(long packets) {
        standing = new Standing(trail.end(), packets, Optional.empty());
    }

    /** The segment being read, if there is one just now. */
    Optional<ReadPosition> position() {
        return position;
    }

    /** Goes on with another segment; lets go of the one before, which is settled. */
    void enter(ReadPosition next) {
        release();
        position = Optional.of(next);
        cut = CutRecord.NONE;
        show();
    }

    /**
     * Makes the segment being read known up to a stream offset, if there is so much.
     *
     * @param target is not reached where nobody reads so far yet and what is unpacked until then
     *     would have to be kept
     */
    void advance(long target) throws IOException {
        ReadPosition present = position.orElseThrow();
        long from = readFrom < 0 ? handedOut : readFrom;
        long most = from + (readFrom < 0 ? LOOK_AHEAD : readLength);
        long start = trail.end();
        present.advance(
                (present.isPacked() ? Math.min(target, most) : target) - start, from - start);
    }

    /**
     * Makes the segment being read known by what is read into a buffer.
     *
     * @param from where all that is known ends
     * @param dst whole records go to its position, which moves
     * @return whether there are any; if not, {@link #advance} is to be tried
     */
    boolean scanInto(long from, ByteBuffer dst) throws IOException {
        return position.isPresent()
                && from == end()
                && position.get().scanInto(dst, from - trail.end());
    }

    /** Settles the share of the segment being read. */
    void settle(StreamEvents events) throws IOException {
        if (position.isPresent()) {
            long packets = standing.packetsBefore(end());
            position.get().settleInto(trail, events);
            settled(packets);
        }
    }

    /**
     * Settles what was read of the segment that was overwritten since, and the rest of the record
     * that was begun.
     */
    void settleOverwritten() {
        long packets = standing.packetsBefore(handedOut);
        position.ifPresent(overwritten -> overwritten.settleOverwrittenInto(trail, cut));
        settled(packets);
    }

    /** Lets go of the segment being read. */
    void release() {
        position.ifPresent(ReadPosition::release);
        position = Optional.empty();
    }

    /** Lets go of everything. */
    void close() {
        release();
        trail.close();
    }

    /**
     * A read begins.
     *
     * @param from its stream offset: a step to the next segment must not let go of bytes behind
     * @param length the most bytes that it is to return
     */
    void beginRead(long from, int length) {
        trail.holdBehind(from, end());
        readFrom = from;
        readLength = length;
        shortLooks = 0;
    }

    void endRead() {
        readFrom = -1;
        trail.holdNothing();
    }

    /** Makes more known; what went wrong, for what is there before such a place is given first. */
    static Optional<IOException> extend(Extension files, long target) {
        try {
            files.extend(target);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /**
     * Makes a part of what lies before the end of a read to come known, and holds what that is to
     * return.
     *
     * @return whether there is no more of it, or not now
     */
    boolean approach(long offset, int length, Extension files) throws IOException {
        long target = offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length;
        long step = Math.min(target, end() + SKIPPED_AT_ONCE);
        long from = Math.min(offset, step);
        beginRead(from, (int) Math.max(1, step - from));
        try {
            files.extend(step);
        } finally {
            readFrom = -1;
        }
        return step == target || end() < step;
    }

    /** Collects known bytes; they are right only if the segment being read is what it was. */
    void collect(long from, long to, ByteSink sink) throws IOException {
        long settled = trail.end();
        if (from < settled) {
            trail.collect(from, Math.min(to, settled), sink);
        }
        if (to > settled) {
            position.orElseThrow().collect(Math.max(from, settled) - settled, to - settled, sink);
        }
    }

    /** Whether the segment being read was overwritten since it was scanned; looks at its file. */
    boolean isOverwritten() throws IOException {
        return position.isPresent() && position.get().isOverwritten();
    }

    /** What is left of the record that the latest answer ended in. */
    CutRecord cut() {
        return cut;
    }

    /**
     * A reader has got everything up to a stream offset.
     *
     * @param left of the record that its answer ended in, or {@link #cut} if it ended before that
     */
    void handOut(long to, CutRecord left) {
        handedOut = Math.max(handedOut, to);
        cut = left;
    }

    /** A reader has got everything up to the end of a record, or of the capture header. */
    void handOut(long recordEnd) {
        long shareOffset = recordEnd - trail.end();
        // Reading an earlier place again does not take back what a reader has got since.
        handOut(
                recordEnd,
                shareOffset > cut.shareOffset() ? CutRecord.atRecordEnd(shareOffset) : cut);
    }

    /** Whether to look once more at a file that was short, though it is what it was. */
    boolean mayLookAgain() {
        shortLooks++;
        return shortLooks < MOST_SHORT_LOOKS;
    }
}
