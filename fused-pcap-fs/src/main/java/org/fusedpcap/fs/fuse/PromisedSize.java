package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.fusedpcap.fs.stream.CaptureStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The size that the kernel is told of a stream that is read through the page cache and grows. It is
 * never more than can be read, for a page beyond that would be padded with zeroes; and it grows
 * only, but where a stream ends before it because a ring overwrote what was promised. Thread-safe.
 *
 * <p>As long as more may come, the last byte is not told of at once. The kernel asks for the size
 * before each read that may reach behind it, wherever the read begins. So who asks when all but one
 * byte is told has had at most those, and gets all with the last byte; who asks when that is told,
 * too, has had all, and is to wait.
 */
final class PromisedSize {

    private static final Logger LOG = LoggerFactory.getLogger(PromisedSize.class);

    /** So much is promised at first: looking for more would delay the reader. */
    private static final long FIRST_PROMISE = 1 << 20;

    /**
     * So much more is promised at a time later on: at each such place the kernel has to begin anew
     * to read ahead.
     */
    private static final long LONGEST_PROMISE = 32 << 20;

    private static final long NOWHERE = Long.MAX_VALUE;

    private final CaptureStream stream;
    private final long opened;

    /** Behind which the kernel must not be given bytes; written under this, read by anybody. */
    private final AtomicLong promised;

    /** A size that the kernel surely knows of: answers about it may be dropped; guarded by this. */
    private long told;

    /**
     * The least size at which a read was cut since the kernel was told of one. The page that it is
     * in has zeroes behind it, which nobody must see once the file has grown. Guarded by this.
     */
    private long cutAt = NOWHERE;

    /** Whether a page may be in the kernel's memory; written under this. */
    private volatile boolean isRead;

    /** Whether the reader has asked for the size; guarded by this. */
    private boolean asked;

    /** Held while the kernel is told; it waits for reads under way, which do not take this. */
    private final Object telling = new Object();

    /** Where the kernel could not be given a page, until it can be. */
    private volatile Optional<FailedRead> failedRead = Optional.empty();

    private record FailedRead(long offset, IOException cause) {
        boolean isIn(long from, int length) {
            return from <= offset && offset < from + length;
        }
    }

    /**
     * @param opened what stat(2) told when the stream was opened
     */
    PromisedSize(CaptureStream stream, long opened) {
        this.stream = stream;
        this.opened = opened;
        this.promised = new AtomicLong(opened);
    }

    /**
     * The size for whoever asks for it by the file's name. The kernel drops the page at the old end
     * only after it has told readers of the new one, so it is told in the other order before that;
     * but who looks the name up asks about the directory, and then the size stays as it was.
     */
    long now() throws IOException {
        if (SessionThread.current().request().isLookup()) {
            return promised.get();
        }
        long size = forOthers();
        if (isRead) {
            tell(size);
        }
        return size;
    }

    /**
     * Once the reader has asked for the size, only its own asking raises it. Otherwise it might ask
     * because of a size that was raised since: it would get the last byte, and be taken to have had
     * all when it asks again.
     */
    synchronized long forOthers() throws IOException {
        return asked || isRead ? promised.get() : promise();
    }

    private synchronized boolean isFirstAsking() {
        boolean first = !asked && !isRead;
        asked = true;
        return first;
    }

    /** Promises what there is by now, but for a last byte if more may come. */
    private long promise() throws IOException {
        long before = promised.get();
        long available = availableBehind(before);
        long end = stream.isEnded() ? available : available - 1;
        return raise(Math.min(end, before + step(before)));
    }

    private synchronized long raise(long size) {
        return promised.accumulateAndGet(size, Math::max);
    }

    private static long step(long before) {
        return Math.max(FIRST_PROMISE, Math.min(before, LONGEST_PROMISE));
    }

    private long availableBehind(long before) throws IOException {
        try {
            return stream.available(before + step(before) + 1);
        } catch (IOException e) {
            // It fails before that; what is known until then can be read all the same.
            return stream.available(0);
        }
    }

    /**
     * The size for a reader that has come to the end of the last one; empty as long as it has had
     * all there is.
     *
     * @throws IOException if the reader has had all there is, and the stream has failed there, or
     *     the reader could not be given something before that
     */
    Optional<Long> more() throws IOException {
        boolean first = isFirstAsking();
        long before = promised.get();
        if (first && before > opened) {
            return Optional.of(before);
        }
        long now = promise();
        if (now > before) {
            return Optional.of(now);
        }
        long available = availableBehind(now);
        if (available > now + 1) {
            // That came in this moment, and has a last byte of its own.
            return Optional.of(promise());
        }
        if (available > now) {
            return Optional.of(raise(available));
        }
        return available < now ? owed(now) : moreBehind(now);
    }

    /** Of what was promised some is overwritten, and more to come takes its place: reads tell. */
    private Optional<Long> owed(long now) throws IOException {
        requireAllGiven();
        return Optional.of(now);
    }

    private Optional<Long> moreBehind(long now) throws IOException {
        boolean ended = stream.isEnded();
        if (!ended) {
            requireAllGiven();
        }
        // If there is a failure instead of more, this throws it.
        stream.available(now + 1);
        // What there is now may have come with the end.
        return ended ? Optional.of(promise()) : Optional.empty();
    }

    /** A reader that stands before a page that it could not be given has not had all. */
    private void requireAllGiven() throws IOException {
        Optional<FailedRead> failed = failedRead;
        if (failed.isPresent()) {
            throw failed.get().cause();
        }
    }

    /**
     * How many bytes the kernel may be given in a read; 0 at the end, or behind it.
     *
     * @param offset where the read begins
     * @param length how many are asked for
     */
    int readable(long offset, int length) throws IOException {
        if (offset >= beginRead(offset, length)) {
            // The kernel asks for nothing behind the size that it was told: at open, if not here.
            promise();
        }
        return (int) Math.max(0, Math.min(length, beginRead(offset, length) - offset));
    }

    private synchronized long beginRead(long offset, int length) {
        long size = promised.get();
        isRead = true;
        if (size - offset < length) {
            cutAt = Math.min(cutAt, size);
        }
        return size;
    }

    /** The kernel is given bytes of the stream. */
    void given(long offset, int length) {
        failedRead = failedRead.filter(failed -> !failed.isIn(offset, length));
    }

    /** The kernel cannot be given the bytes at an offset. */
    void notGiven(long offset, IOException why) {
        failedRead = Optional.of(new FailedRead(offset, why));
    }

    /** The stream has ended before what was promised; a short answer tells the kernel. */
    synchronized void endAt(long end) {
        promised.accumulateAndGet(end, Math::min);
        told = Math.min(told, end);
        cutAt = Math.min(cutAt, end);
    }

    /**
     * Has the kernel know of the size, from a callback about the file, unless it surely does. One
     * after the other, for telling puts a byte there that is not the stream's for a moment: the
     * reader waits for its answer then, and must not be given that before all have done so.
     */
    void tell(long size) {
        if (isTold(size)) {
            return;
        }
        SessionThread.current().willWait();
        synchronized (telling) {
            if (!isTold(size)) {
                GrownFile.tell(takeCut(), size);
                setTold(size);
            }
        }
    }

    private synchronized boolean isTold(long size) {
        return size <= told;
    }

    private synchronized void setTold(long size) {
        told = size;
    }

    /** From where on pages may have zeroes in them. */
    private synchronized long takeCut() {
        long cut = cutAt == NOWHERE ? told : cutAt;
        cutAt = NOWHERE;
        return cut;
    }

    /**
     * Finds out what there is behind the size that was told last, while the reader is busy with
     * what it has got: it need not wait for that at the end of it.
     */
    void lookAhead() {
        try {
            long before = promised.get();
            stream.available(before + step(before) + 1);
        } catch (IOException e) {
            // Who comes to that place will see.
            LOG.debug("nothing more is known", e);
        }
    }
}
