package org.fusedpcap.fs.fuse;

import org.fusedpcap.fs.stream.RangeStream;
import org.fusedpcap.fs.stream.ReadResult;

/**
 * Answers reads of pages for the kernel's page cache: in full, or not at all. Thread-safe.
 *
 * <p>A short answer tells the kernel that the file ends there, but only if it has not been told
 * another size since it asked. So a request for several pages that cannot be answered in full is
 * refused: the kernel asks again, a page at a time, in the name of the reader that needs it. What
 * whole pages there are is given then; a page that is not there yet may be waited for, which a
 * request that nobody could interrupt must not do; and where the stream ends, a short answer to a
 * single page cuts the size for good.
 */
final class PageReads {

    /** What is left of a request when the kernel, after an error, asks for a page at a time. */
    static final int PAGE = 4096;

    private final Waiting waiting;

    PageReads(Waiting waiting) {
        this.waiting = waiting;
    }

    /**
     * Reads.
     *
     * @param nonBlocking whether to answer EAGAIN instead of waiting
     * @return the bytes; fewer than asked for only at the end of what the kernel knows, or if the
     *     stream ends there
     * @throws FuseException EAGAIN if the kernel is to ask again page by page
     */
    ReadResult read(StreamHandle handle, long offset, int length, boolean nonBlocking)
            throws FuseException {
        return handle.isGrowing()
                ? growing(handle, offset, length, nonBlocking)
                : cachedRange(handle, (RangeStream) handle.stream(), offset, length);
    }

    private ReadResult growing(StreamHandle handle, long offset, int length, boolean nonBlocking)
            throws FuseException {
        if (!handle.isInOrder(offset, length)) {
            throw refuse(handle, offset, length);
        }
        ReadResult result = approached(handle, offset, length);
        if (result instanceof ReadResult.Data || result == ReadResult.Nothing.NOT_SEEKABLE) {
            return result;
        }
        boolean isWaitedFor = result == ReadResult.Nothing.NOT_YET;
        if (length > PAGE || isWaitedFor && !handle.isRefused(offset)) {
            throw refuse(handle, offset, length);
        }
        if (isWaitedFor && !nonBlocking) {
            result = waiting.await(handle, offset, length);
        }
        return result instanceof ReadResult.Data || result == ReadResult.Nothing.NOT_YET
                ? result
                : lastPage(handle, offset, length);
    }

    private static FuseException refuse(StreamHandle handle, long offset, int length) {
        handle.refuse(offset, length);
        return new FuseException(Errno.EAGAIN);
    }

    /** What a range has to unpack before it is unpacked step by step. */
    private ReadResult approached(StreamHandle handle, long offset, int length)
            throws FuseException {
        if (!(handle.stream() instanceof RangeStream range)) {
            return handle.read(offset, length);
        }
        ReadResult result;
        do {
            waiting.work(() -> range.approach(offset, length));
            result = handle.read(offset, length);
        } while (result == ReadResult.Nothing.NOT_YET);
        return result;
    }

    /** The page in which a stream ends or fails before what was promised. */
    private static ReadResult lastPage(StreamHandle handle, long offset, int length) {
        ReadResult result = handle.readUpTo(offset, length);
        if (result instanceof ReadResult.Data data) {
            handle.size().endAt(offset + data.length());
            return data;
        }
        if (result instanceof ReadResult.Failed failed) {
            handle.size().notGiven(offset, failed.cause());
            return result;
        }
        if (result == ReadResult.Nothing.NOT_SEEKABLE) {
            return result;
        }
        handle.size().endAt(offset);
        return ReadResult.Nothing.END;
    }

    /**
     * Reads a range. Where the disk fails in the middle, what is there before is given as far as
     * whole pages go; the page with the bad place is an error.
     *
     * <p>Of a range whose size was not known, each request for several pages that reaches behind
     * the end is refused: some may have been on their way when that was found.
     */
    private ReadResult cachedRange(StreamHandle handle, RangeStream range, long offset, int length)
            throws FuseException {
        long left = range.size() - offset;
        if (left < length && length > PAGE && !range.isSizeKnown()) {
            throw refuseAtEnd();
        }
        int expected = (int) Math.min(length, left);
        if (expected <= 0) {
            return handle.readUpTo(offset, length);
        }
        ReadResult result = full(handle, range, offset, expected);
        if (!(result instanceof ReadResult.Data) && length > PAGE) {
            throw refuseAtEnd();
        }
        if (!(result instanceof ReadResult.Data)) {
            result = lastPage(handle, range, offset, length);
        }
        return failsBehind(handle, range, result, length)
                ? failure(range, (ReadResult.Data) result)
                : result;
    }

    /** The range may end there, or not: what is told of its size is right from then on. */
    private static FuseException refuseAtEnd() {
        FoundEnd.outdateSizes();
        return new FuseException(Errno.EAGAIN);
    }

    /** Reads all of it, however many segments that takes. */
    private ReadResult full(StreamHandle handle, RangeStream range, long offset, int length)
            throws FuseException {
        waiting.work(() -> range.approach(offset, 1));
        ReadResult result = handle.readFully(offset, length);
        if (result instanceof ReadResult.Data || !range.mayReach(offset + length)) {
            return result;
        }
        waiting.work(() -> range.approach(offset, length));
        return handle.readFully(offset, length);
    }

    /** The page in which a range turns out to end, or cannot be read. */
    private static ReadResult lastPage(
            StreamHandle handle, RangeStream range, long offset, int length) throws FuseException {
        ReadResult result = handle.readUpTo(offset, length);
        if (!(result instanceof ReadResult.Data data)) {
            return result;
        }
        long end = offset + data.length();
        if (data.length() == length || end >= range.size() || range.failure().isPresent()) {
            return data;
        }
        data.release();
        return failureAt(handle, end);
    }

    /** What a read gets at a place that the read before it did not reach. */
    private static ReadResult failureAt(StreamHandle handle, long offset) throws FuseException {
        ReadResult result = handle.readUpTo(offset, 1);
        if (result instanceof ReadResult.Data data) {
            // It can be read now: the kernel is to ask again.
            data.release();
            throw new FuseException(Errno.EAGAIN);
        }
        return result;
    }

    /** Whether the reader has had these bytes already, and is to get the error behind them now. */
    private static boolean failsBehind(
            StreamHandle handle, RangeStream range, ReadResult result, int length) {
        return result instanceof ReadResult.Data data
                && data.length() < length
                && handle.isFailureDue()
                && range.failure().isPresent();
    }

    private static ReadResult failure(RangeStream range, ReadResult.Data had) {
        had.release();
        return new ReadResult.Failed(range.failure().orElseThrow());
    }
}
