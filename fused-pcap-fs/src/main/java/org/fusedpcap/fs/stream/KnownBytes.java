package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bytes of a stream that are known to be there: those of the settled segments, and behind them
 * those of the segment being read. Not thread-safe; used under the stream's lock.
 *
 * <p>A file may be overwritten at any moment. So bytes are taken first and the file is looked at
 * afterwards: only if it then still is what was scanned, they are handed out. (Pieces that name a
 * file are fetched by the kernel a moment later still; a file that is overwritten in that moment is
 * beyond our sight.)
 */
final class KnownBytes {

    /** So far behind what was handed out a compressed segment is looked at. */
    private static final int LOOK_AHEAD = 2 << 20;

    /** Unpacking so much takes no longer than one can wait for an interrupt. */
    private static final int SKIPPED_AT_ONCE = 4 << 20;

    /** Longer reads are cut; nobody asks for so much. */
    private static final int LONGEST_READ = 16 << 20;

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

    /** Bounds the steps that extending makes. */
    private final Stride stride;

    private Optional<ReadPosition> position = Optional.empty();
    private CutRecord cut = CutRecord.NONE;

    /** Where the read that is under way begins, and how long it is; none is: -1. */
    private long readFrom = -1;

    private int readLength;

    /** How often that read has found a file to be short for a moment. */
    private int shortLooks;

    /** Written under the stream's lock, read by anybody. */
    private volatile Standing standing = Standing.BEGIN;

    KnownBytes(SegmentTrail trail, Stride stride) {
        this.trail = trail;
        this.stride = stride;
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
     * Reads.
     *
     * @param offset where to begin
     * @param length the most bytes to return, at least 1
     * @param files makes more of the stream known
     * @param behind what a read gets that begins where all that is known ends
     */
    ReadResult read(long offset, int length, Extension files, Supplier<ReadResult> behind) {
        int most = Math.min(length, LONGEST_READ);
        long target = offset > Long.MAX_VALUE - most ? Long.MAX_VALUE : offset + most;
        // A step to the next segment must not let go of bytes that this read is to return.
        trail.holdBehind(offset, end());
        readFrom = offset;
        readLength = most;
        shortLooks = 0;
        try {
            while (true) {
                Optional<IOException> trouble = extend(files, target);
                if (offset >= end()) {
                    return trouble.<ReadResult>map(ReadResult.Failed::new)
                            .orElseGet(
                                    () ->
                                            isBeyond(offset)
                                                    ? ReadResult.Nothing.BEYOND
                                                    : behind.get());
                }
                Optional<ReadResult.Data> data = collect(offset, Math.min(target, end()));
                if (data.isPresent()) {
                    return data.get();
                }
            }
        } catch (WindowPassedException e) {
            return ReadResult.Nothing.NOT_SEEKABLE;
        } catch (IOException e) {
            return new ReadResult.Failed(e);
        } finally {
            readFrom = -1;
            trail.holdNothing();
        }
    }

    private boolean isBeyond(long offset) {
        return offset > end() && !stride.isBrokenOff();
    }

    /**
     * Copies whole records of one segment, as many as fit; otherwise as {@link #read}. Their bytes
     * are copied before the file is looked at, so there is no moment in which it could be
     * overwritten unnoticed.
     *
     * @param offset where a record begins
     * @param dst the records go to its position, which moves
     * @param files makes more of the stream known, but does not step on from a segment that is not
     *     {@linkplain #isAllHandedOut handed out}: this read will not get further, and nobody would
     *     hold what lies behind
     * @param present name of the segment being read
     */
    SegmentSlice readRecords(
            long offset,
            ByteBuffer dst,
            Extension files,
            Supplier<ReadResult> behind,
            Supplier<String> present) {
        return copy(offset, dst, files, behind, present, () -> copyRecords(offset, dst));
    }

    /**
     * Copies what the stream begins with, up to where it is known, and does not count that as
     * handed out; otherwise as {@link #readRecords}.
     */
    SegmentSlice look(
            ByteBuffer dst,
            Extension files,
            Supplier<ReadResult> behind,
            Supplier<String> present) {
        return copy(0, dst, files, behind, present, () -> copyBeginning(dst, present));
    }

    /** Copies known bytes; empty if the segment being read was found to be overwritten. */
    @FunctionalInterface
    private interface Copying {
        Optional<SegmentSlice> copy() throws IOException;
    }

    private SegmentSlice copy(
            long offset,
            ByteBuffer dst,
            Extension files,
            Supplier<ReadResult> behind,
            Supplier<String> present,
            Copying copying) {
        trail.holdBehind(offset, end());
        readFrom = offset;
        readLength = dst.remaining();
        shortLooks = 0;
        try {
            while (true) {
                Optional<IOException> trouble = extend(files, offset + readLength);
                if (offset >= end()) {
                    ReadResult nothing =
                            trouble.<ReadResult>map(ReadResult.Failed::new).orElseGet(behind);
                    return new SegmentSlice.None(present.get(), nothing);
                }
                Optional<SegmentSlice> slice = copying.copy();
                if (slice.isPresent()) {
                    return slice.get();
                }
            }
        } catch (IOException e) {
            return new SegmentSlice.None(present.get(), new ReadResult.Failed(e));
        } finally {
            readFrom = -1;
            trail.holdNothing();
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
        trail.holdBehind(from, end());
        readFrom = from;
        readLength = (int) Math.max(1, step - from);
        try {
            files.extend(step);
        } finally {
            readFrom = -1;
        }
        return step == target || end() < step;
    }

    private Optional<SegmentSlice> copyRecords(long from, ByteBuffer dst) throws IOException {
        return unlessOverwritten(
                        dst,
                        () -> {
                            RecordSlices slices = new RecordSlices(trail, position);
                            RecordSlices.Cut slice = slices.cut(from, dst.remaining());
                            copy(from, slice.end(), dst);
                            return slice;
                        })
                .map(slice -> handOut(from, slice));
    }

    private Optional<SegmentSlice> copyBeginning(ByteBuffer dst, Supplier<String> present)
            throws IOException {
        return unlessOverwritten(
                dst,
                () -> {
                    int length = (int) Math.min(end(), dst.remaining());
                    copy(0, length, dst);
                    return new SegmentSlice.Bytes(present.get(), length);
                });
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T copy() throws IOException;
    }

    /** Looks at the file after its bytes were copied; what was not right is taken back. */
    private <T> Optional<T> unlessOverwritten(ByteBuffer dst, Attempt<T> attempt)
            throws IOException {
        int begin = dst.position();
        try {
            T copied = attempt.copy();
            if (!isOverwritten()) {
                return Optional.of(copied);
            }
        } catch (ShortFileException e) {
            if (!isOverwritten() && !mayLookAgain()) {
                throw e;
            }
        }
        dst.position(begin);
        return Optional.empty();
    }

    /** Copies known bytes; they are right only if the segment being read still is what it was. */
    private void copy(long from, long to, ByteBuffer dst) throws IOException {
        ByteSink sink = new BufferSink(dst);
        long settled = trail.end();
        if (from < settled) {
            trail.collect(from, Math.min(to, settled), sink);
        }
        if (to > settled) {
            position.orElseThrow().collect(Math.max(from, settled) - settled, to - settled, sink);
        }
    }

    private boolean isOverwritten() throws IOException {
        return position.isPresent() && position.get().isOverwritten();
    }

    private SegmentSlice handOut(long from, RecordSlices.Cut slice) {
        if (slice.end() == from) {
            int length = Math.toIntExact(slice.recordEnd() - from);
            return new SegmentSlice.TooLong(slice.segment(), length);
        }
        handOut(slice.end());
        return new SegmentSlice.Bytes(slice.segment(), (int) (slice.end() - from));
    }

    /** A reader has got everything up to the end of a record, or of the capture header. */
    void handOut(long recordEnd) {
        handedOut = Math.max(handedOut, recordEnd);
        long shareOffset = recordEnd - trail.end();
        // Reading an earlier place again does not take back what a reader has got since.
        if (shareOffset > cut.shareOffset()) {
            cut = CutRecord.atRecordEnd(shareOffset);
        }
    }

    // What is there before a place that cannot be read is given first.
    private static Optional<IOException> extend(Extension files, long target) {
        try {
            files.extend(target);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /** Collects known bytes; empty if the segment being read was found to be overwritten. */
    private Optional<ReadResult.Data> collect(long from, long to) throws IOException {
        PieceList pieces = new PieceList();
        try {
            long settled = trail.end();
            if (from < settled) {
                trail.collect(from, Math.min(to, settled), pieces);
            }
            if (to > settled && !collectPresent(Math.max(from, settled), to, pieces)) {
                pieces.release();
                return Optional.empty();
            }
            handedOut = Math.max(handedOut, to);
            return Optional.of(pieces.toData());
        } catch (IOException | RuntimeException e) {
            pieces.release();
            throw e;
        }
    }

    private boolean collectPresent(long from, long to, PieceList pieces) throws IOException {
        ReadPosition present = position.orElseThrow();
        long start = trail.end();
        try {
            CutRecord last = cut;
            // Reading an earlier place again does not take back what a reader has got since.
            if (to - start > cut.shareOffset()) {
                last = present.collectToCut(from - start, to - start, pieces, cut);
            } else {
                present.collect(from - start, to - start, pieces);
            }
            if (present.isOverwritten()) {
                return false;
            }
            cut = last;
            return true;
        } catch (ShortFileException e) {
            if (present.isOverwritten() || mayLookAgain()) {
                return false;
            }
            throw e;
        }
    }

    private boolean mayLookAgain() {
        shortLooks++;
        return shortLooks < MOST_SHORT_LOOKS;
    }
}
