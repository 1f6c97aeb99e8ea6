package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.RangeStream;
import org.fusedpcap.fs.stream.ReadResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that a process has open. Thread-safe. */
final class StreamHandle implements OpenHandle {

    private static final Logger LOG = LoggerFactory.getLogger(StreamHandle.class);

    private final String path;
    private final Attributes opened;
    private final CaptureStream stream;
    private final StreamAccount account;
    private final Caching caching;
    private final Runnable onClose;

    /** So much is promised at first: looking for more would delay the reader. */
    private static final long FIRST_PROMISE = 1 << 20;

    /**
     * So much more is promised at a time later on: at each such place the kernel has to begin anew
     * to read ahead.
     */
    private static final long LONGEST_PROMISE = 32 << 20;

    /** The stream offset behind the last byte that was read; where poll(2) looks. */
    private final AtomicLong position = new AtomicLong();

    /** The size that the kernel was told last, behind which it must not be given bytes. */
    private final AtomicLong promised;

    /** A size that the kernel surely knows of: other answers about it may have been dropped. */
    private final AtomicLong told = new AtomicLong();

    /** Held while the kernel is told; it waits for reads under way, which do not take this. */
    private final Object telling = new Object();

    /** Whether the reader has asked for the size; guarded by this. */
    private boolean asked;

    /**
     * Whether a page may be in the kernel's memory. Stored before {@link #promised} is looked at
     * for a read; who raises that looks here afterwards, so one of the two sees the other.
     */
    private volatile boolean isRead;

    /** Where the kernel could not be given a page of a growing file, until it can be. */
    private volatile Optional<FailedRead> failedRead = Optional.empty();

    private record FailedRead(long offset, IOException cause) {
        boolean isIn(long from, int length) {
            return from <= offset && offset < from + length;
        }
    }

    /** Whether the reader of a cached range that failed has come to the place. */
    private volatile boolean failureDue;

    /**
     * @param path the path that it was opened by
     * @param opened what stat(2) told then, also of the size
     * @param account closed with the handle
     */
    StreamHandle(
            String path,
            Attributes opened,
            CaptureStream stream,
            StreamAccount account,
            Caching caching,
            Runnable onClose) {
        this.path = path;
        this.opened = opened;
        this.stream = stream;
        this.account = account;
        this.caching = caching;
        this.onClose = onClose;
        this.promised = new AtomicLong(opened.size());
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Attributes attributes() throws IOException {
        if (isGrowing()) {
            return opened.withSize(sizeNow());
        }
        return stream instanceof RangeStream range ? opened.withSize(range.size()) : opened;
    }

    CaptureStream stream() {
        return stream;
    }

    Readers readers() {
        return account.readers();
    }

    /** What is counted of it. */
    StreamAccount account() {
        return account;
    }

    Caching caching() {
        return caching;
    }

    /**
     * Whether reads go through the page cache and the size that the kernel knows grows: what is
     * followed does, and what is unpacked only as it is read.
     */
    boolean isGrowing() {
        return caching == Caching.GROWING;
    }

    /** Whether what a read of the stream gives is the answer as it is. */
    boolean isPlain() {
        return caching == Caching.NONE || isGrowing();
    }

    /**
     * Whether a read there can be answered without a way to it that takes long, as unpacking does.
     */
    boolean isNear(long offset) {
        return !(stream instanceof RangeStream range) || range.approach(offset, 1);
    }

    /**
     * Tells how many bytes there are now; the kernel may ask for so many from then on.
     *
     * <p>As long as more may come, the last byte is not told of at once. The kernel asks for the
     * size before each read that may reach behind it, wherever the read begins. So who asks when
     * all but one byte is told has had at most those, and gets all with the last byte; who asks
     * when that is told, too, has had all, and is to wait.
     *
     * @return the stream's size, as fstat(2) is to tell it
     */
    long promise() throws IOException {
        long before = promised.get();
        long most = before + step(before);
        long available = availableBehind(before);
        long end = stream.isEnded() ? available : available - 1;
        return promised.accumulateAndGet(Math.min(end, most), Math::max);
    }

    /**
     * The size for whoever asks for it by the file's name. The kernel drops the page at the old end
     * only after it has told readers of the new one, so it is told in the other order before that;
     * but who looks the name up asks about the directory, and then the size stays as it was.
     */
    long sizeNow() throws IOException {
        if (SessionThread.current().request().isLookup()) {
            return promised.get();
        }
        long size = sizeForOthers();
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
    synchronized long sizeForOthers() throws IOException {
        return asked || isRead ? promised.get() : promise();
    }

    private synchronized boolean isFirstAsking() {
        boolean first = !asked && !isRead;
        asked = true;
        return first;
    }

    private static long step(long before) {
        return Math.max(FIRST_PROMISE, Math.min(before, LONGEST_PROMISE));
    }

    private long availableBehind(long before) throws IOException {
        try {
            return stream.available(before + step(before) + 1);
        } catch (IOException e) {
            // It fails before that; what there is until then can be read all the same.
            return stream.available(before);
        }
    }

    /**
     * Like {@link #promise}, but empty as long as the reader has had all there is.
     *
     * @throws IOException if the reader has had all there is, and the stream has failed there, or
     *     the reader could not be given something before that
     */
    Optional<Long> promiseMore() throws IOException {
        boolean first = isFirstAsking();
        long before = promised.get();
        if (first && before > opened.size()) {
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
            return Optional.of(promised.accumulateAndGet(available, Math::max));
        }
        if (!stream.isEnded()) {
            // The reader has not had all: it stands before a page that there is none of.
            Optional<FailedRead> failed = failedRead;
            if (failed.isPresent()) {
                throw failed.get().cause();
            }
            // Nor need it wait before a place that cannot be looked at: this throws there.
            stream.available(now + 1);
            return Optional.empty();
        }
        // If that end is a failure, this throws it.
        stream.available(now + 1);
        // It may have come with the last bytes.
        return Optional.of(promise());
    }

    /**
     * Has the kernel know of the size, from a callback about the file, unless it surely does. One
     * after the other, for telling puts a byte there that is not the stream's for a moment: the
     * reader waits for its answer then, and must not be given that before all have done so.
     */
    void tell(long size) {
        if (size <= told.get()) {
            return;
        }
        SessionThread.current().willWait();
        synchronized (telling) {
            long before = told.get();
            if (size > before) {
                GrownFile.tell(before, size);
                told.set(size);
            }
        }
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
            LOG.debug("nothing more is known of {}", path, e);
        }
    }

    /** What stat(2) told when the handle was opened. */
    Attributes opened() {
        return opened;
    }

    ReadResult read(long offset, int length) {
        if (!isGrowing()) {
            return readStream(offset, length);
        }
        isRead = true;
        try {
            // The kernel asks for nothing behind the size that it was told: at open, if not here.
            long told = promised.get() > offset ? promised.get() : promise();
            // A page beyond what was promised would be padded with zeroes.
            long allowed = told - offset;
            return allowed <= 0
                    ? ReadResult.Nothing.END
                    : readStream(offset, (int) Math.min(length, allowed));
        } catch (IOException e) {
            return new ReadResult.Failed(e);
        }
    }

    private ReadResult readStream(long offset, int length) {
        ReadResult result = stream.read(offset, length);
        if (result instanceof ReadResult.Data data) {
            position.set(offset + data.length());
            failedRead = failedRead.filter(failed -> !failed.isIn(offset, data.length()));
        } else if (result instanceof ReadResult.Failed failed && isGrowing()) {
            failedRead = Optional.of(new FailedRead(offset, failed.cause()));
        }
        return result;
    }

    /** The byte before an offset was read, but is not given to the reader yet. */
    void leaveLastByte(long end) {
        position.set(end - 1);
    }

    /** Whether reads go through the page cache, and all the stream's segments are there. */
    boolean isCachedRange() {
        return (caching == Caching.FRESH || caching == Caching.KEPT)
                && stream instanceof RangeStream;
    }

    boolean isFailureDue() {
        return failureDue;
    }

    /**
     * The size that a reader of a cached range that cannot be read on is told when it comes to that
     * place: one byte more than there is. The kernel reads that page again, and gets the error.
     */
    long sizeAtFailure(RangeStream range) {
        failureDue = true;
        return range.size() + 1;
    }

    /** Whether a read where the last one ended would wait. */
    boolean wouldWait() {
        try {
            long here = position.get();
            return stream.available(here + 1) <= here && !stream.isEnded();
        } catch (IOException e) {
            // The read will tell.
            return false;
        }
    }

    @Override
    public void close() {
        account.close();
        stream.close();
        onClose.run();
    }
}
