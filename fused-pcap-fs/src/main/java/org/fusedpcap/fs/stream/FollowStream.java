package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
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
 * no harm. A look passes a bounded number of segments. If there may be more at once, it wakes the
 * readers itself, behind the lock: whoever found nothing looks again, and can be interrupted
 * before.
 */
public final class FollowStream implements SegmentStream, SeriesListener {

    private final Series series;
    private final MissedSegments missed;
    private final CopyOnWriteArrayList<Runnable> wakers = new CopyOnWriteArrayList<>();

    /** Guarded by this, but for {@link FollowCursor#progress}. */
    private final FollowCursor cursor;

    private volatile Runnable onClose = () -> {};

    private FollowStream(Series series, FollowCursor cursor, MissedSegments missed) {
        this.series = series;
        this.missed = missed;
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
        MissedSegments missed = new MissedSegments(events, start);
        FollowCursor cursor = FollowCursor.open(series, start, files, ends, events, missed);
        FollowStream stream = new FollowStream(series, cursor, missed);
        series.subscribe(stream);
        return stream;
    }

    @Override
    public ReadResult read(long streamOffset, int length) {
        return look(() -> cursor.read(streamOffset, length));
    }

    @Override
    public ReadResult readFully(long streamOffset, int length) {
        return look(() -> cursor.readFully(streamOffset, length));
    }

    @Override
    public SegmentSlice begin(ByteBuffer dst) {
        return look(() -> cursor.begin(dst));
    }

    @Override
    public SegmentSlice readSegment(long streamOffset, ByteBuffer dst) {
        return look(() -> cursor.readRecords(streamOffset, dst));
    }

    /** Looks under the lock; wakes the readers behind it where there may be more at once. */
    private <T, E extends Exception> T look(Look<T, E> look) throws E {
        T found;
        boolean unfinished;
        synchronized (this) {
            found = look.run();
            unfinished = cursor.isUnfinished();
        }
        if (unfinished) {
            wake();
        }
        return found;
    }

    @FunctionalInterface
    private interface Look<T, E extends Exception> {
        T run() throws E;
    }

    @Override
    public synchronized Optional<String> nextSegment() {
        return cursor.nextSegment();
    }

    @Override
    public long available(long atLeast) throws IOException {
        return look(() -> availableNow(atLeast));
    }

    private long availableNow(long atLeast) throws IOException {
        cursor.lookAhead(atLeast);
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
    public Progress progress(long streamOffset) {
        return cursor.progress(streamOffset);
    }

    @Override
    public void changed(Segment segment, Change change) {
        if (change == Change.APPEARED) {
            missed.appeared(segment);
        }
        wake();
    }

    @Override
    public void lost(Segment segment, long bytes) {
        missed.lost(segment, bytes);
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
