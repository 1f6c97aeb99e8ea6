package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.RangeStream;
import org.fusedpcap.fs.stream.ReadResult;

/** Answers reads of streams, waiting where the caller is to wait. Thread-safe. */
final class StreamReads {

    /**
     * A read(2) of more than 128 KiB becomes several requests in a row, and only a short answer
     * ends it. This is the least that a request is of which another one may follow: 32 pages, the
     * first of them not used in full.
     */
    private static final int MAY_BE_FOLLOWED = 31 * 4096 + 1;

    /** What is left of a request when the kernel, after an error, asks for a page at a time. */
    private static final int PAGE = 4096;

    private final Waiting waiting;

    StreamReads(Waiting waiting) {
        this.waiting = waiting;
    }

    /**
     * Reads.
     *
     * @param nonBlocking whether to answer EAGAIN instead of waiting
     * @return the bytes; empty at the end
     */
    Optional<ReadResult.Data> read(
            StreamHandle handle, long offset, int length, boolean nonBlocking)
            throws FuseException, IOException {
        handle.readers().add(SessionThread.current().request().pid());
        ReadResult result = result(handle, offset, length, nonBlocking);
        if (result instanceof ReadResult.Data data) {
            handle.account().delivered(offset, data.length());
            if (handle.isGrowing() && length > Request.SHORT_READ) {
                SessionThread.current().afterReply(handle::lookAhead);
            }
            return Optional.of(data);
        }
        if (result instanceof ReadResult.Failed failed) {
            throw failed.cause();
        }
        return switch ((ReadResult.Nothing) result) {
            case END -> Optional.empty();
            case NOT_SEEKABLE -> throw new FuseException(Errno.ESPIPE);
            case BEYOND -> throw new FuseException(Errno.EINVAL);
            case NOT_YET -> throw new FuseException(Errno.EAGAIN);
        };
    }

    private ReadResult result(StreamHandle handle, long offset, int length, boolean nonBlocking)
            throws FuseException, IOException {
        if (handle.stream() instanceof RangeStream range) {
            return handle.isCachedRange()
                    ? cachedRange(handle, range, offset, length)
                    : uncachedRange(handle, range, offset, length);
        }
        ReadResult result =
                nonBlocking ? handle.read(offset, length) : await(handle, offset, length);
        return handle.caching() == Caching.NONE
                ? shortIfLast(handle, result, offset, length)
                : result;
    }

    /**
     * Waits until a stream read through the page cache has more than was promised, or ends; its
     * size then, which the kernel knows.
     */
    long awaitMore(StreamHandle handle) throws FuseException, IOException {
        AtomicReference<IOException> failure = new AtomicReference<>();
        long size =
                waiting.await(
                        handle.stream(),
                        () -> {
                            try {
                                return handle.promiseMore();
                            } catch (IOException e) {
                                failure.set(e);
                                return Optional.of(-1L);
                            }
                        });
        if (failure.get() != null) {
            throw failure.get();
        }
        handle.tell(size);
        return size;
    }

    private ReadResult await(StreamHandle handle, long offset, int length) throws FuseException {
        return waiting.await(
                handle.stream(),
                () ->
                        Optional.of(handle.read(offset, length))
                                .filter(found -> found != ReadResult.Nothing.NOT_YET));
    }

    /** Leaves the last byte for the next read where that would have to wait otherwise. */
    private static ReadResult shortIfLast(
            StreamHandle handle, ReadResult result, long offset, int length) {
        if (length < MAY_BE_FOLLOWED
                || !(result instanceof ReadResult.Data data)
                || data.length() < length) {
            return result;
        }
        long end = offset + length;
        if (!wouldWait(handle.stream(), end)) {
            return result;
        }
        handle.leaveLastByte(end);
        return data.withoutLastByte();
    }

    private static boolean wouldWait(CaptureStream stream, long offset) {
        try {
            return stream.available(offset + 1) <= offset && !stream.isEnded();
        } catch (IOException e) {
            // The next read will tell; what is there before is the reader's.
            return false;
        }
    }

    /** Reads a range past the page cache, where an answer may be short. */
    private ReadResult uncachedRange(
            StreamHandle handle, RangeStream range, long offset, int length) throws FuseException {
        ReadResult result;
        do {
            waiting.work(() -> range.approach(offset, 1));
            result = handle.read(offset, length);
        } while (result == ReadResult.Nothing.NOT_YET);
        return result;
    }

    /** Reads as much as there is, however many segments that takes. */
    private ReadResult fullRange(StreamHandle handle, RangeStream range, long offset, int length)
            throws FuseException {
        waiting.work(() -> range.approach(offset, 1));
        ReadResult result = handle.read(offset, length);
        if (lengthOf(result) == length || !range.mayReach(offset + length)) {
            return result;
        }
        release(result);
        waiting.work(() -> range.approach(offset, length));
        return handle.read(offset, length);
    }

    /**
     * Reads a range through the page cache. A short answer tells the kernel that the file ends
     * there, but only if it has not been told another size since it asked. So the request in which
     * a range turns out to be shorter than it was said to be is refused; the kernel asks again, a
     * page at a time, and then it is answered. The same goes for each request behind the end of a
     * range whose size was not known: some may have been on their way when it was found.
     *
     * <p>Where the disk fails in the middle, what is there before would be such a short answer,
     * too. It is given page by page as far as whole pages go; the page with the bad place is an
     * error.
     */
    private ReadResult cachedRange(StreamHandle handle, RangeStream range, long offset, int length)
            throws FuseException, IOException {
        long expected = range.size();
        ReadResult result = fullRange(handle, range, offset, length);
        boolean cut = result instanceof ReadResult.Data data && data.length() < length;
        boolean inTheMiddle = cut && offset + lengthOf(result) < range.size();
        boolean shorter = cut && (range.size() < expected || !range.isSizeKnown());
        boolean behind = result == ReadResult.Nothing.END && !range.isSizeKnown();
        if (length > PAGE && (inTheMiddle || shorter || behind)) {
            release(result);
            FoundEnd.outdateSizes();
            throw new FuseException(Errno.EAGAIN);
        }
        if (inTheMiddle && range.failure().isEmpty()) {
            long bad = offset + lengthOf(result);
            release(result);
            return failureAt(handle, bad);
        }
        if (cut && handle.isFailureDue()) {
            // The reader has had the bytes before; what it is to get now is the error.
            release(result);
            return range.failure().<ReadResult>map(ReadResult.Failed::new).orElse(result);
        }
        return result;
    }

    private static void release(ReadResult result) {
        if (result instanceof ReadResult.Data data) {
            data.release();
        }
    }

    private static int lengthOf(ReadResult result) {
        return result instanceof ReadResult.Data data ? data.length() : 0;
    }

    /** What a read gets at a place that the read before it did not reach. */
    private static ReadResult failureAt(StreamHandle handle, long offset) throws FuseException {
        ReadResult result = handle.read(offset, 1);
        if (result instanceof ReadResult.Data) {
            // It can be read now: the kernel is to ask again.
            release(result);
            throw new FuseException(Errno.EAGAIN);
        }
        return result;
    }
}
