package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what a person would want to know of the streams of a mount, and counts it: once
 * for a part, such as one stream, and once for each whole that it is {@linkplain #part part} of.
 * Thread-safe.
 */
public final class StreamEvents {

    private static final Logger LOG = LoggerFactory.getLogger(StreamEvents.class);

    private final LongAdder missedSegments = new LongAdder();
    private final LongAdder missedBytes = new LongAdder();
    private final LongAdder unreadableSegments = new LongAdder();
    private final LongAdder tornSegments = new LongAdder();
    private final LongAdder tornBytes = new LongAdder();

    private final Optional<StreamEvents> whole;

    private StreamEvents(Optional<StreamEvents> whole) {
        this.whole = whole;
    }

    /** The events of a whole mount; nothing has happened yet. */
    public StreamEvents() {
        this(Optional.empty());
    }

    /** Events of a part: what happens there is counted there and here. */
    public StreamEvents part() {
        return new StreamEvents(Optional.of(this));
    }

    /**
     * A segment was gone before a reader that had come to {@code reached} could read it.
     *
     * @param bytes its length; less than 0 if that is not known
     */
    void missed(String reached, String segment, long bytes) {
        countMissed(bytes);
        LOG.warn(
                "gap: {} was deleted or overwritten before a reader at {} reached it; {}",
                segment,
                reached,
                size(bytes));
    }

    /** The length of a missed segment has become known. */
    void measured(String segment, long bytes) {
        countMissedBytes(bytes);
        LOG.info("gap: {} had {} bytes", segment, bytes);
    }

    /**
     * A segment that cannot be read is passed over.
     *
     * @param bytes its length; less than 0 if that is not known
     */
    void skipped(Path segment, String why, long bytes) {
        countMissed(bytes);
        LOG.warn("gap: {} is passed over: {}; {}", segment, why, size(bytes));
    }

    /**
     * A segment was cut or written anew under its reader.
     *
     * @param fileOffset up to which the reader had got it
     * @param size its length when it was last seen
     */
    void replaced(String segment, long fileOffset, long size) {
        long bytes = Math.max(0, size - fileOffset);
        countMissed(bytes);
        LOG.warn(
                "gap: {} was truncated or reused in place; it had been read up to offset {};"
                        + " {} bytes",
                segment,
                fileOffset,
                bytes);
    }

    /** A segment has appeared at a place that a reader at {@code reached} was past. */
    void late(String reached, String segment) {
        countMissed(-1);
        LOG.warn(
                "gap: {} has appeared before {}, which a reader has come to: it is not read;"
                        + " if a clock was set back, order=mtime goes by the time of writing",
                segment,
                reached);
    }

    private void countMissed(long bytes) {
        countMissedSegment();
        countMissedBytes(Math.max(0, bytes));
    }

    private static String size(long bytes) {
        return bytes < 0 ? "its size is not known" : bytes + " bytes";
    }

    /** The end of a segment is no whole record. */
    void torn(String segment, long fileOffset, long bytes, boolean senseless) {
        countTorn(bytes);
        LOG.warn(
                senseless
                        ? "{}: the record at offset {} makes no sense; {} bytes from there on are"
                                + " dropped"
                        : "{}: torn record at offset {}; {} bytes are dropped",
                segment,
                fileOffset,
                bytes);
    }

    /** A compressed segment cannot be unpacked to its end. */
    void damaged(String segment, long packedOffset, String why, long bytes) {
        countTorn(bytes);
        LOG.warn(
                "{}: {}, near offset {}; what follows is dropped, and {} bytes of a torn record",
                segment,
                why,
                packedOffset,
                bytes);
    }

    /** The disk does not give what is in a segment; its reader gets an error. */
    void unreadable(Path segment, long fileOffset, IOException why) {
        countUnreadable();
        LOG.error("{} cannot be read from offset {} on: {}", segment, fileOffset, why.getMessage());
    }

    /** A range turned out to miss bytes that were there at its open. */
    void lost(String segment, long bytes) {
        countMissedBytes(bytes);
        LOG.warn("gap: {} is {} bytes shorter than it was at open", segment, bytes);
    }

    /** A segment's records are rewritten to the form of the stream's first segment. */
    void converted(String segment, String difference, boolean losesDigits) {
        LOG.info("{} is read on in the form of the first file: {}", segment, difference);
        if (losesDigits) {
            LOG.warn(
                    "{}: time stamps lose their nanoseconds, as the first file has microseconds",
                    segment);
        }
    }

    /** A stream ends because the next segment is of another kind. */
    void incompatible(String last, String next, String why) {
        LOG.error("the stream ends behind {}: {} cannot follow it, {}", last, next, why);
    }

    /** A stream was ended by a control file. */
    void ended(String last) {
        LOG.info("a followed stream was ended behind {}", last);
    }

    private void countUnreadable() {
        unreadableSegments.increment();
        whole.ifPresent(StreamEvents::countUnreadable);
    }

    private void countMissedSegment() {
        missedSegments.increment();
        whole.ifPresent(StreamEvents::countMissedSegment);
    }

    private void countMissedBytes(long bytes) {
        missedBytes.add(bytes);
        whole.ifPresent(events -> events.countMissedBytes(bytes));
    }

    private void countTorn(long bytes) {
        tornSegments.increment();
        tornBytes.add(bytes);
        whole.ifPresent(events -> events.countTorn(bytes));
    }

    /** All that was counted so far. */
    public Damage damage() {
        return new Damage(
                missedSegments(), missedBytes(), tornSegments(), tornBytes(), unreadableSegments());
    }

    /** Segments that were not delivered: gone, unreadable or overwritten. */
    public long missedSegments() {
        return missedSegments.sum();
    }

    /** Bytes in segments that were not delivered, as far as their lengths are known. */
    public long missedBytes() {
        return missedBytes.sum();
    }

    /** Segments in which the disk has failed a reader. */
    public long unreadableSegments() {
        return unreadableSegments.sum();
    }

    /** Segments that ended in something else than a whole record. */
    public long tornSegments() {
        return tornSegments.sum();
    }

    /** Bytes dropped at such ends. */
    public long tornBytes() {
        return tornBytes.sum();
    }
}
