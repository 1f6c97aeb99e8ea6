package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fusedpcap.fs.series.Change;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.Series;
import org.fusedpcap.fs.series.SeriesListener;

/**
 * A stream that begins with one segment and goes on with each later one of its series as it
 * appears.
 *
 * <p>Reading and stepping to the next segment happen in {@link #read} itself, under the stream's
 * lock; nothing waits under it but the disk. What the directory tells ({@link #changed}) only wakes
 * readers, without the lock: they look themselves, so a notice that comes early, late or twice does
 * no harm.
 */
public final class FollowStream implements SegmentStream, SeriesListener {

    private final Series series;
    private final StreamEvents events;
    private final CopyOnWriteArrayList<Runnable> wakers = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private final FollowCursor cursor;

    /**
     * The last segment that cannot be missed any more; written under the lock, read by those who
     * notify.
     */
    private volatile Segment held;

    private volatile Runnable onClose = () -> {};

    private FollowStream(Series series, FollowCursor cursor, StreamEvents events) {
        this.series = series;
        this.events = events;
        this.held = cursor.held();
        this.cursor = cursor;
    }

    /**
     * Begins to follow a series.
     *
     * @param start the segment to begin with
     * @throws java.nio.file.NoSuchFileException if that is gone
     * @throws java.nio.file.AccessDeniedException if it may not be read
     * @throws org.fusedpcap.cluster.pcap.InvalidCaptureException if it is no capture
     */
    public static FollowStream open(
            Series series, Segment start, SegmentFiles files, EndRule ends, StreamEvents events)
            throws IOException {
        FollowCursor cursor = FollowCursor.open(series, start, files, ends, events);
        FollowStream stream = new FollowStream(series, cursor, events);
        series.subscribe(stream);
        return stream;
    }

    @Override
    public synchronized ReadResult read(long streamOffset, int length) {
        try {
            extend(streamOffset + length);
            long known = cursor.knownEnd();
            if (streamOffset < known) {
                return cursor.collect(streamOffset, Math.min(streamOffset + length, known));
            }
            return streamOffset > known ? ReadResult.Nothing.BEYOND : cursor.behindKnown();
        } catch (IOException e) {
            return new ReadResult.Failed(e);
        }
    }

    @Override
    public synchronized SegmentSlice readSegment(long streamOffset, int length) {
        try {
            extend(streamOffset + length);
            return streamOffset < cursor.knownEnd()
                    ? cursor.collectRecords(streamOffset, length)
                    : SegmentSlice.of(cursor.segment(), cursor.behindKnown());
        } catch (IOException e) {
            return SegmentSlice.of(cursor.segment(), new ReadResult.Failed(e));
        }
    }

    @Override
    public synchronized Optional<String> nextSegment() {
        return cursor.nextSegment();
    }

    private void extend(long target) throws IOException {
        try {
            cursor.extend(target);
        } finally {
            held = cursor.held();
        }
    }

    @Override
    public synchronized long available(long atLeast) throws IOException {
        extend(atLeast);
        long known = cursor.knownEnd();
        if (known < atLeast && cursor.behindKnown() instanceof ReadResult.Failed failed) {
            throw failed.cause();
        }
        return known;
    }

    @Override
    public synchronized boolean isEnded() {
        return cursor.behindKnown() != ReadResult.Nothing.NOT_YET;
    }

    @Override
    public synchronized String segment() {
        return cursor.segment();
    }

    @Override
    public void changed(Segment segment, Change change) {
        if (change == Change.REMOVED && segment.isBehind(held)) {
            events.missed(held.name(), segment.name());
        }
        wake();
    }

    /** Has all readers look again. */
    public void wake() {
        wakers.forEach(Runnable::run);
    }

    @Override
    public void addWaker(Runnable waker) {
        wakers.add(waker);
    }

    @Override
    public void removeWaker(Runnable waker) {
        wakers.remove(waker);
    }

    /** Has something done when the stream is closed. */
    public void onClose(Runnable task) {
        onClose = task;
    }

    @Override
    public void close() {
        series.unsubscribe(this);
        synchronized (this) {
            cursor.close();
        }
        onClose.run();
    }
}
