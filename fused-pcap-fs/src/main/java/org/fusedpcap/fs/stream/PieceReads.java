package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads of a stream's bytes as pieces that name where they are. Not thread-safe; used under the
 * stream's lock.
 *
 * <p>(Pieces that name a file are fetched by the kernel a moment after the file was looked at; one
 * that is overwritten in that moment is beyond our sight.)
 */
final class PieceReads {

    /** Longer reads are cut; nobody asks for so much. */
    private static final int LONGEST_READ = 16 << 20;

    private final KnownBytes known;

    /** Bounds the steps that extending makes. */
    private final Stride stride;

    /** What was handed out in full answers: who wants those may ask for it again. */
    private final LatestBytes latest;

    PieceReads(KnownBytes known, Stride stride, LatestBytes latest) {
        this.known = known;
        this.stride = stride;
        this.latest = latest;
    }

    /**
     * Reads.
     *
     * @param offset where to begin
     * @param length the most bytes to return, at least 1
     * @param files makes more of the stream known
     * @param behind what a read gets that begins where all that is known ends
     */
    ReadResult read(
            long offset, int length, KnownBytes.Extension files, Supplier<ReadResult> behind) {
        return read(
                offset,
                Math.min(length, LONGEST_READ),
                false,
                files,
                () -> isBeyond(offset) ? ReadResult.Nothing.BEYOND : behind.get());
    }

    /**
     * Reads in full, or not at all: what is not returned does not count as handed out.
     *
     * <p>What is returned is kept for a while: who needs full answers may ask for it again.
     *
     * @param length how many bytes to return, at least 1
     * @param behind what a read gets where fewer are known
     */
    ReadResult readFully(
            long offset, int length, KnownBytes.Extension files, Supplier<ReadResult> behind) {
        return read(offset, length, true, files, behind);
    }

    private boolean isBeyond(long offset) {
        return offset > known.end() && !stride.isBrokenOff();
    }

    private ReadResult read(
            long offset,
            int most,
            boolean inFull,
            KnownBytes.Extension files,
            Supplier<ReadResult> behind) {
        int least = inFull ? most : 1;
        long target = offset > Long.MAX_VALUE - most ? Long.MAX_VALUE : offset + most;
        known.beginRead(offset, most);
        try {
            while (true) {
                Optional<IOException> trouble = KnownBytes.extend(files, target);
                if (known.end() - offset < least) {
                    return trouble.<ReadResult>map(ReadResult.Failed::new).orElseGet(behind);
                }
                Optional<ReadResult.Data> data =
                        collect(offset, Math.min(target, known.end()), inFull);
                if (data.isPresent()) {
                    return data.get();
                }
            }
        } catch (WindowPassedException e) {
            return ReadResult.Nothing.NOT_SEEKABLE;
        } catch (IOException e) {
            return new ReadResult.Failed(e);
        } finally {
            known.endRead();
        }
    }

    /** Collects known bytes; empty if the segment being read was found to be overwritten. */
    private Optional<ReadResult.Data> collect(long from, long to, boolean isKept)
            throws IOException {
        PieceList pieces = new PieceList(latest);
        Optional<ReadResult.Data> data = Optional.empty();
        try {
            long behindLatest = latest.collect(from, to, pieces);
            if (isKept) {
                begin(behindLatest, to);
            }
            Optional<CutRecord> cut = collectFiles(behindLatest, to, pieces);
            if (cut.isPresent()) {
                latest.commit();
                known.handOut(to, cut.get());
                data = Optional.of(pieces.toData());
            }
            return data;
        } finally {
            if (data.isEmpty()) {
                latest.cancel();
                pieces.release();
            }
        }
    }

    /** Begins to keep an answer, with what was left out before it. */
    private void begin(long from, long to) {
        long first = latest.begin(from, to);
        if (first == from) {
            return;
        }
        PieceList before = new PieceList(latest);
        try {
            known.collect(first, from, before);
        } catch (IOException e) {
            // Nobody has asked for it yet.
            latest.cancel();
        } finally {
            before.release();
        }
    }

    /** What is left of the record that the answer ends in; empty as {@link #collect}. */
    private Optional<CutRecord> collectFiles(long from, long to, PieceList pieces)
            throws IOException {
        long settled = known.settledEnd();
        if (from < Math.min(to, settled)) {
            known.trail().collect(from, Math.min(to, settled), pieces);
        }
        return from < to && to > settled
                ? collectPresent(Math.max(from, settled), to, pieces)
                : Optional.of(known.cut());
    }

    private Optional<CutRecord> collectPresent(long from, long to, PieceList pieces)
            throws IOException {
        ReadPosition present = known.position().orElseThrow();
        long start = known.settledEnd();
        CutRecord cut = known.cut();
        try {
            // Reading an earlier place again does not take back what a reader has got since.
            if (to - start > cut.shareOffset()) {
                cut = present.collectToCut(from - start, to - start, pieces, cut);
            } else {
                present.collect(from - start, to - start, pieces);
            }
            return present.isOverwritten() ? Optional.empty() : Optional.of(cut);
        } catch (ShortFileException e) {
            if (present.isOverwritten()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Lets go of memory. */
    void close() {
        latest.close();
    }
}
