package org.fusedpcap.fs.stream;

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

    /** A segment was gone before a reader that had come to {@code reached} could read it. */
    void missed(String reached, String segment) {
        countMissedSegment();
        LOG.warn("gap: {} was deleted before a reader at {} reached it", segment, reached);
    }

    /** A segment that cannot be read is passed over. */
    void skipped(Path segment, String why) {
        countMissedSegment();
        LOG.warn("gap: {} is passed over: {}", segment, why);
    }

    /** A segment was cut or written anew under its reader. */
    void replaced(String segment, long fileOffset) {
        countMissedSegment();
        LOG.warn(
                "gap: {} was truncated or reused in place; it had been read up to offset {}",
                segment,
                fileOffset);
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
        tornSegments.increment();
        tornBytes.add(bytes);
        LOG.warn(
                "{}: {}, near offset {}; what follows is dropped, and {} bytes of a torn record",
                segment,
                why,
                packedOffset,
                bytes);
    }

    /** A range turned out to miss bytes that were there at its open. */
    void lost(String segment, long bytes) {
        countMissedBytes(bytes);
        LOG.warn("gap: {} is {} bytes shorter than it was at open", segment, bytes);
    }

    /** A stream ends because the next segment is of another kind. */
    void incompatible(String last, String next, String why) {
        LOG.error("the stream ends behind {}: {} cannot follow it, {}", last, next, why);
    }

    /** A stream was ended by a control file. */
    void ended(String last) {
        LOG.info("a followed stream was ended behind {}", last);
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
        return new Damage(missedSegments(), missedBytes(), tornSegments(), tornBytes());
    }

    /** Segments that were not delivered: gone, unreadable or overwritten. */
    public long missedSegments() {
        return missedSegments.sum();
    }

    /** Bytes known to be missing in segments that were there. */
    public long missedBytes() {
        return missedBytes.sum();
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
