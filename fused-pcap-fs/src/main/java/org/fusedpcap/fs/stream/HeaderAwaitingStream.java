package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stands for a stream that can only be opened when its source has a capture header. Until then
 * there is nothing to read; then it is opened, and all goes on there.
 *
 * <p>A waker that is added while nothing is open is told of by the source until then, and by the
 * opened stream afterwards. Both that and the opening happen under the lock, so that none is lost.
 */
public final class HeaderAwaitingStream implements CaptureStream {

    /** Opens the stream. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens it.
         *
         * @throws MissingHeaderException if there is no header yet
         */
        CaptureStream open() throws IOException;
    }

    private final SegmentStream source;
    private final Opener opener;

    // Guarded by this.
    private final List<Runnable> wakers = new ArrayList<>();

    /** Written under the lock; {@link #progress} and {@link #opened} look without. */
    private volatile Optional<CaptureStream> opened = Optional.empty();

    /** Why there will never be anything to open. */
    private Optional<ReadResult> over = Optional.empty();

    /**
     * @param source tells when the header is there; closed then, or with this stream
     */
    public HeaderAwaitingStream(SegmentStream source, Opener opener) {
        this.source = source;
        this.opener = opener;
    }

    @Override
    public ReadResult read(long streamOffset, int length) {
        Optional<CaptureStream> stream = stream();
        return stream.isPresent() ? stream.get().read(streamOffset, length) : nothing();
    }

    @Override
    public ReadResult readFully(long streamOffset, int length) {
        Optional<CaptureStream> stream = stream();
        return stream.isPresent() ? stream.get().readFully(streamOffset, length) : nothing();
    }

    @Override
    public long available(long atLeast) throws IOException {
        Optional<CaptureStream> stream = stream();
        if (stream.isPresent()) {
            return stream.get().available(atLeast);
        }
        if (nothing() instanceof ReadResult.Failed failed) {
            throw failed.cause();
        }
        return 0;
    }

    private synchronized ReadResult nothing() {
        return over.orElse(ReadResult.Nothing.NOT_YET);
    }

    /** The stream, if it can be opened by now. */
    private synchronized Optional<CaptureStream> stream() {
        if (opened.isEmpty() && over.isEmpty()) {
            ReadResult result = source.read(0, 1);
            if (result instanceof ReadResult.Data data) {
                data.release();
                open();
            } else if (result != ReadResult.Nothing.NOT_YET) {
                over = Optional.of(result);
            }
        }
        return opened;
    }

    private void open() {
        try {
            CaptureStream stream = opener.open();
            wakers.forEach(stream::addWaker);
            opened = Optional.of(stream);
            source.close();
        } catch (MissingHeaderException e) {
            // It was there, and is gone again: look once more when there is news.
            over = Optional.empty();
        } catch (IOException e) {
            over = Optional.of(new ReadResult.Failed(e));
        }
    }

    @Override
    public synchronized boolean isEnded() {
        return over.isPresent() || opened.map(CaptureStream::isEnded).orElse(false);
    }

    @Override
    public synchronized String segment() {
        return opened.orElse(source).segment();
    }

    @Override
    public Progress progress(long streamOffset) {
        return opened.orElse(source).progress(streamOffset);
    }

    /** Any thread: the stream that this one stands for, once it is open. */
    public Optional<CaptureStream> opened() {
        return opened;
    }

    @Override
    public synchronized void addWaker(Runnable waker) {
        wakers.add(waker);
        opened.orElse(source).addWaker(waker);
    }

    @Override
    public synchronized void removeWaker(Runnable waker) {
        wakers.remove(waker);
        opened.orElse(source).removeWaker(waker);
    }

    @Override
    public synchronized void close() {
        opened.orElse(source).close();
    }
}
