package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.Optional;

/**
 * Cuts reads so that they end with a record and with a segment. Not thread-safe; used under the
 * stream's lock.
 *
 * @param trail the settled segments
 * @param position the segment that the stream is in, if any
 */
record RecordSlices(SegmentTrail trail, Optional<ReadPosition> position) {

    /** Collects bytes that are known to be there. */
    @FunctionalInterface
    interface Collector {
        ReadResult collect(long from, long to) throws IOException;
    }

    /**
     * Collects whole records.
     *
     * @param from stream offset of a record that is known to be there
     * @param length the most bytes
     */
    SegmentSlice collect(long from, int length, Collector collector) throws IOException {
        return from < trail.end()
                ? settled(from, length, collector)
                : current(from, length, collector);
    }

    private SegmentSlice settled(long from, int length, Collector collector) throws IOException {
        String name = trail.nameAt(from);
        long to = Math.min(from + length, trail.endOfSegmentAt(from));
        long end = trail.recordEndBefore(from, to);
        return end > from
                ? SegmentSlice.of(name, collector.collect(from, end))
                : SegmentSlice.tooLong(name, trail.recordEndBehind(from) - from);
    }

    private SegmentSlice current(long from, int length, Collector collector) throws IOException {
        ReadPosition current = position.orElseThrow();
        long base = trail.end();
        long end = base + current.recordEndBefore(Math.min(from + length - base, current.share()));
        return end > from
                ? SegmentSlice.of(current.name(), collector.collect(from, end))
                : SegmentSlice.tooLong(
                        current.name(), base + current.recordEndBehind(from - base) - from);
    }
}
