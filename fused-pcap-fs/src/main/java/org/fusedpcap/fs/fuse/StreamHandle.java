package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.ClusterStream;
import org.fusedpcap.fs.stream.RangeStream;
import org.fusedpcap.fs.stream.ReadResult;

/** A stream that a process has open. Thread-safe. */
final class StreamHandle implements OpenHandle {

    private final String path;
    private final Attributes opened;
    private final CaptureStream stream;
    private final StreamAccount account;
    private final Caching caching;
    private final Runnable onClose;

    /** The stream offset behind the last byte that was read; where poll(2) looks. */
    private final AtomicLong position = new AtomicLong();

    /** The stream offset behind all that was given. */
    private final AtomicLong farthest = new AtomicLong();

    /** What is told of a stream that grows. */
    private final PromisedSize size;

    /** The stream offset behind all that was refused. */
    private final AtomicLong refused = new AtomicLong();

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
        this.size = new PromisedSize(stream, opened.size());
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

    /** The size that is told of it, if it {@linkplain #isGrowing grows}. */
    PromisedSize size() {
        return size;
    }

    /**
     * Whether reads go through the page cache and the size that the kernel knows grows: what is
     * followed does, and what is unpacked only as it is read.
     */
    boolean isGrowing() {
        return caching == Caching.GROWING;
    }

    /** What is told of a growing size to whoever asks for it by the file's name. */
    long sizeNow() throws IOException {
        return size.now();
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

    /** What stat(2) told when the handle was opened. */
    Attributes opened() {
        return opened;
    }

    /**
     * Whether a read leaves out nothing that was refused. What is read ahead behind such pages
     * would count as handed out with them, and they could not be given any more once their file is
     * overwritten.
     */
    boolean isInOrder(long offset, int length) {
        long given = farthest.get();
        return length <= PageReads.PAGE || offset <= given || refused.get() <= given;
    }

    /**
     * Reads for a request of the kernel. What grows is read for its page cache, as far as was
     * promised, and in full or not at all.
     */
    ReadResult read(long offset, int length) {
        return isGrowing()
                ? readGrowing(offset, length, stream::readFully)
                : readUpTo(offset, length);
    }

    /** Whether a read is a copy of what lies in memory, and can be made where it is to go. */
    boolean isCopied() {
        return isPlain() && stream instanceof ClusterStream;
    }

    /**
     * Reads what {@linkplain #isCopied is copied} into memory.
     *
     * @param length the most bytes; what grows is read as far as was promised
     * @param dst gets the bytes at its position, which moves
     * @return whether there were any; if not, {@link #read} tells why
     */
    boolean readInto(long offset, int length, ByteBuffer dst) {
        int begin = dst.position();
        if (!readInto((ClusterStream) stream, offset, length, dst)) {
            return false;
        }
        given(offset, dst.position() - begin);
        return true;
    }

    private boolean readInto(ClusterStream member, long offset, int length, ByteBuffer dst) {
        if (!isGrowing()) {
            return member.readInto(offset, dst.limit(dst.position() + length));
        }
        try {
            int readable = size.readable(offset, length);
            return readable > 0
                    && member.readFullyInto(offset, dst.limit(dst.position() + readable));
        } catch (IOException e) {
            // It is met again.
            return false;
        }
    }

    /** Reads what there is, which may be less; what grows as far as was promised. */
    ReadResult readUpTo(long offset, int length) {
        return isGrowing()
                ? readGrowing(offset, length, stream::read)
                : read(offset, length, stream::read);
    }

    /** Reads in full or not at all. */
    ReadResult readFully(long offset, int length) {
        return read(offset, length, stream::readFully);
    }

    /** A way to read the stream. */
    @FunctionalInterface
    private interface Way {
        ReadResult read(long offset, int length);
    }

    private ReadResult readGrowing(long offset, int length, Way way) {
        try {
            int readable = size.readable(offset, length);
            return readable > 0 ? read(offset, readable, way) : ReadResult.Nothing.END;
        } catch (IOException e) {
            return new ReadResult.Failed(e);
        }
    }

    private ReadResult read(long offset, int length, Way way) {
        ReadResult result = way.read(offset, length);
        if (result instanceof ReadResult.Data data) {
            given(offset, data.length());
        }
        return result;
    }

    private void given(long offset, int length) {
        position.set(offset + length);
        farthest.accumulateAndGet(offset + length, Math::max);
        size.given(offset, length);
    }

    /** The kernel is refused what it asked for, to ask again page by page. */
    void refuse(long offset, int length) {
        refused.accumulateAndGet(offset + length, Math::max);
    }

    /** Whether a page that cannot be given yet was asked for before and refused. */
    boolean isRefused(long page) {
        return page < refused.get();
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
