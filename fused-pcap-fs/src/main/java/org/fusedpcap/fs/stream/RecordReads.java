package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads of a stream's records into memory, for clusters. Bytes are copied before the file is looked
 * at, so there is no moment in which it could be overwritten unnoticed. Not thread-safe; used under
 * the stream's lock.
 */
final class RecordReads {

    private final KnownBytes known;

    RecordReads(KnownBytes known) {
        this.known = known;
    }

    /**
     * Copies whole records of one segment, as many as fit; otherwise as {@link PieceReads#read}.
     *
     * @param offset where a record begins
     * @param dst the records go to its position, which moves
     * @param files makes more of the stream known, but does not step on from a segment that is not
     *     {@linkplain KnownBytes#isAllHandedOut handed out}: this read will not get further, and
     *     nobody would hold what lies behind
     * @param present name of the segment being read
     */
    SegmentSlice read(
            long offset,
            ByteBuffer dst,
            KnownBytes.Extension files,
            Supplier<ReadResult> behind,
            Supplier<String> present) {
        Optional<SegmentSlice> scanned = scanRecords(offset, dst, files, present);
        if (scanned.isPresent()) {
            return scanned.get();
        }
        Part part = new Part(offset, dst.remaining(), true);
        return copy(part, files, behind, present, () -> copyRecords(offset, dst));
    }

    /**
     * Scans records where they go to, inside a file: that saves reading it twice, once to scan and
     * once to copy. Near its end, or if anything is not as expected, the other way is gone.
     */
    private Optional<SegmentSlice> scanRecords(
            long offset, ByteBuffer dst, KnownBytes.Extension files, Supplier<String> present) {
        int begin = dst.position();
        if (offset != known.end() || !known.isAllHandedOut()) {
            return Optional.empty();
        }
        try {
            // Holds what comes next, and leaves what was overwritten.
            files.extend(offset);
            if (known.scanInto(offset, dst)) {
                int length = dst.position() - begin;
                known.handOut(offset + length);
                return Optional.of(new SegmentSlice.Bytes(present.get(), length));
            }
        } catch (IOException e) {
            // It is met again.
            dst.position(begin);
        }
        return Optional.empty();
    }

    /**
     * Copies what the stream begins with, up to where it is known, and does not count that as
     * handed out; otherwise as {@link #read}.
     */
    SegmentSlice look(
            ByteBuffer dst,
            KnownBytes.Extension files,
            Supplier<ReadResult> behind,
            Supplier<String> present) {
        Part part = new Part(0, dst.remaining(), false);
        return copy(part, files, behind, present, () -> copyBeginning(dst, present));
    }

    /**
     * A part of the stream that is asked for.
     *
     * @param length the most bytes
     * @param isShortAllowed whether what is known is handed out before more is made known: from
     *     where that ends on, records are scanned where they go to
     */
    private record Part(long offset, int length, boolean isShortAllowed) {

        /** Up to where the stream is to be made known. */
        long target(long known) {
            return isShortAllowed && known > offset ? offset : offset + length;
        }
    }

    /** Copies known bytes; empty if the segment being read was found to be overwritten. */
    @FunctionalInterface
    private interface Copying {
        Optional<SegmentSlice> copy() throws IOException;
    }

    private SegmentSlice copy(
            Part part,
            KnownBytes.Extension files,
            Supplier<ReadResult> behind,
            Supplier<String> present,
            Copying copying) {
        known.beginRead(part.offset(), part.length());
        try {
            while (true) {
                long target = part.target(known.end());
                Optional<IOException> trouble = KnownBytes.extend(files, target);
                boolean found = part.offset() < known.end();
                if (!found && target == part.offset() && trouble.isEmpty()) {
                    // What was known is overwritten: there may be more in its place.
                    continue;
                }
                if (!found) {
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
            known.endRead();
        }
    }

    private Optional<SegmentSlice> copyRecords(long from, ByteBuffer dst) throws IOException {
        return unlessOverwritten(
                        dst,
                        () -> {
                            RecordSlices slices = new RecordSlices(known.trail(), known.position());
                            RecordSlices.Cut slice = slices.cut(from, dst.remaining());
                            known.collect(from, slice.end(), new BufferSink(dst));
                            return slice;
                        })
                .map(slice -> handOut(from, slice));
    }

    private Optional<SegmentSlice> copyBeginning(ByteBuffer dst, Supplier<String> present)
            throws IOException {
        return unlessOverwritten(
                dst,
                () -> {
                    int length = (int) Math.min(known.end(), dst.remaining());
                    known.collect(0, length, new BufferSink(dst));
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
            if (!known.isOverwritten()) {
                return Optional.of(copied);
            }
        } catch (ShortFileException e) {
            if (!known.isOverwritten() && !known.mayLookAgain()) {
                throw e;
            }
        }
        dst.position(begin);
        return Optional.empty();
    }

    private SegmentSlice handOut(long from, RecordSlices.Cut slice) {
        if (slice.end() == from) {
            int length = Math.toIntExact(slice.recordEnd() - from);
            return new SegmentSlice.TooLong(slice.segment(), length);
        }
        known.handOut(slice.end());
        return new SegmentSlice.Bytes(slice.segment(), (int) (slice.end() - from));
    }
}
