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

    private final Waiting waiting;
    private final PageReads pages;

    StreamReads(Waiting waiting) {
        this.waiting = waiting;
        this.pages = new PageReads(waiting);
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
            SessionThread.current().afterReply(() -> answered(handle, length));
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

    /** Looks ahead while the reader is busy with a long answer that it has got. */
    static void answered(StreamHandle handle, int length) {
        if (handle.isGrowing() && length > Request.SHORT_READ) {
            handle.size().lookAhead();
        }
    }

    private ReadResult result(StreamHandle handle, long offset, int length, boolean nonBlocking)
            throws FuseException {
        if (handle.caching() != Caching.NONE) {
            return pages.read(handle, offset, length, nonBlocking);
        }
        if (handle.stream() instanceof RangeStream range) {
            return range(handle, range, offset, length);
        }
        ReadResult result =
                nonBlocking ? handle.read(offset, length) : waiting.await(handle, offset, length);
        return shortIfLast(handle, result, offset, length);
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
                                return handle.size().more();
                            } catch (IOException e) {
                                failure.set(e);
                                return Optional.of(-1L);
                            }
                        });
        if (failure.get() != null) {
            throw failure.get();
        }
        handle.size().tell(size);
        return size;
    }

    /** Leaves the last byte for the next read where that would have to wait otherwise. */
    private static ReadResult shortIfLast(
            StreamHandle handle, ReadResult result, long offset, int length) {
        if (!(result instanceof ReadResult.Data data)
                || !leavesLastByte(handle, offset, data.length(), length)) {
            return result;
        }
        return data.withoutLastByte();
    }

    /**
     * Whether the last byte of an answer is to be left for the next read.
     *
     * @param given bytes that there are
     * @param length bytes that were asked for
     */
    static boolean leavesLastByte(StreamHandle handle, long offset, int given, int length) {
        long end = offset + length;
        if (length < MAY_BE_FOLLOWED || given < length || !wouldWait(handle.stream(), end)) {
            return false;
        }
        handle.leaveLastByte(end);
        return true;
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
    private ReadResult range(StreamHandle handle, RangeStream range, long offset, int length)
            throws FuseException {
        ReadResult result;
        do {
            waiting.work(() -> range.approach(offset, 1));
            result = handle.read(offset, length);
        } while (result == ReadResult.Nothing.NOT_YET);
        return result;
    }
}
