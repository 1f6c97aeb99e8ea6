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

    /**
     * Where a read is to end.
     *
     * @param segment name of the segment that the bytes come from
     * @param end stream offset behind the last record that fits; where the read begins if not one
     *     does
     * @param recordEnd stream offset behind the first record
     */
    record Cut(String segment, long end, long recordEnd) {}

    /**
     * Says where a read of whole records is to end.
     *
     * @param from stream offset of a record that is known to be there
     * @param length the most bytes
     */
    Cut cut(long from, int length) throws IOException {
        return from < trail.end() ? settled(from, length) : present(from, length);
    }

    private Cut settled(long from, int length) throws IOException {
        long to = Math.min(from + length, trail.endOfSegmentAt(from));
        long end = trail.recordEndBefore(from, to);
        return new Cut(trail.nameAt(from), end, end > from ? end : trail.recordEndBehind(from));
    }

    private Cut present(long from, int length) throws IOException {
        ReadPosition present = position.orElseThrow();
        long base = trail.end();
        long end = base + present.recordEndBefore(Math.min(from + length - base, present.share()));
        long recordEnd = end > from ? end : base + present.recordEndBehind(from - base);
        return new Cut(present.name(), end, recordEnd);
    }
}
