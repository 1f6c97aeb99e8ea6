package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.linux.User;

/**
 * A stream of the segments from one to another, as they stood when it was opened.
 *
 * <p>Opening looks at each file's status and at no file's content but the first and the last one's
 * header: where the whole records of a segment end is found out when a reader comes to it. Until
 * then a segment that was never scanned is taken to end with a whole record, as nearly all do, so
 * {@link #size} may turn out a little smaller.
 *
 * <p>All methods but {@link #progress} take the stream's lock; nothing waits under it but the disk.
 */
public final class RangeStream implements SegmentStream {

    /** Guarded by this, but for what never changes and what progress looks at. */
    private final RangeCursor cursor;

    private RangeStream(RangeCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Opens a range.
     *
     * @param found the segments from the first to the last, at least one
     * @param reader whose rights count
     * @param unknownSize what is said of the size as long as it {@linkplain #isSizeKnown cannot be
     *     known}
     * @throws java.nio.file.NoSuchFileException if the first or the last one is gone
     * @throws java.nio.file.AccessDeniedException if one of those may not be read, or the reader
     *     may not read one of all
     * @throws InvalidCaptureException if one of those is no capture
     */
    public static RangeStream open(
            List<RangeSegment> found,
            SegmentFiles files,
            User reader,
            EndRule ends,
            StreamEvents events,
            long unknownSize)
            throws IOException {
        RangeSegment.requireReadable(found, reader);
        List<RangeSegment> segments = files.share(found);
        RangeFiles opening = RangeFiles.look(segments, files, reader, events);
        return new RangeStream(
                new RangeCursor(segments, opening, files, ends, events, unknownSize));
    }

    /**
     * Length that a stream of these segments would have, as it is expected by what is known now.
     */
    public static long expectedSize(List<RangeSegment> segments, SegmentFiles files) {
        return RangeSize.expected(segments, files);
    }

    /**
     * Whether the length of a stream of these segments can be told by their files' sizes. It cannot
     * if one is compressed, which names tell; of a few segments the first bytes are looked at, too.
     */
    public static boolean isSizeKnown(List<RangeSegment> segments) {
        return RangeSize.isKnown(segments);
    }

    /** Whether the stream's length can be told by its files' sizes. */
    public boolean isSizeKnown() {
        return cursor.isSizeKnown();
    }

    /** What the segments were at open. */
    public List<RangeSegment> segments() {
        return cursor.segments();
    }

    /**
     * Length of the whole stream in bytes, as it is expected by what is known now; if that cannot
     * be told before all was read, the size that it was opened with.
     */
    public synchronized long size() {
        return cursor.size();
    }

    /**
     * Like {@link #size}, and exact where little of the stream is left to be measured: who asks
     * there is about to read to the end, and a size that is told once must not prove wrong.
     */
    public synchronized long sizeNearEnd() {
        return cursor.sizeNearEnd();
    }

    /** Why the stream cannot go on where {@link #size} ends, if it cannot. */
    public synchronized Optional<IOException> failure() {
        return cursor.failure();
    }

    /** Whether all segments have been reached, so that {@link #size} is final. */
    public synchronized boolean isMeasured() {
        return cursor.isMeasured();
    }

    /**
     * Makes a part of what lies before the end of a read to come known. That may take long where
     * much is skipped, or many segments are without a record: so it is done step by step, for the
     * reader may be interrupted in between.
     *
     * @return whether the read may follow
     */
    public synchronized boolean approach(long streamOffset, int length) {
        return cursor.approach(streamOffset, length);
    }

    /** Whether more than is known may be had before an offset. */
    public synchronized boolean mayReach(long streamOffset) {
        return cursor.mayReach(streamOffset);
    }

    @Override
    public synchronized ReadResult read(long streamOffset, int length) {
        return cursor.read(streamOffset, length);
    }

    @Override
    public synchronized ReadResult readFully(long streamOffset, int length) {
        return cursor.readFully(streamOffset, length);
    }

    @Override
    public synchronized long available(long atLeast) throws IOException {
        return cursor.available(atLeast);
    }

    @Override
    public synchronized SegmentSlice begin(ByteBuffer dst) {
        return cursor.begin(dst);
    }

    @Override
    public synchronized SegmentSlice readSegment(long streamOffset, ByteBuffer dst) {
        return cursor.readRecords(streamOffset, dst);
    }

    @Override
    public synchronized Optional<String> nextSegment() {
        return cursor.nextSegment();
    }

    @Override
    public Progress progress(long streamOffset) {
        return cursor.progress(streamOffset);
    }

    @Override
    public boolean isEnded() {
        return true;
    }

    @Override
    public synchronized String segment() {
        return cursor.segment();
    }

    @Override
    public void addWaker(Runnable waker) {
        // A range never has a reader wait: everything it has is there.
    }

    @Override
    public void removeWaker(Runnable waker) {
        // See addWaker.
    }

    @Override
    public synchronized void close() {
        cursor.close();
    }
}
