package org.fusedpcap.fs.stream;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long a range is, as far as that is known before it was read: what earlier scans found of its
 * segments, and of the others what their files' sizes say.
 *
 * <p>{@link #measureNearEnd} is called under the stream's lock. Everything else may be asked by
 * anybody without it: what changes is one volatile number for each segment, and each is right for
 * somebody, before it was measured or after.
 */
final class RangeSize {

    /** So many files are opened when a range is. */
    private static final int FEW = 16;

    /** So many bytes are measured in a few milliseconds. */
    private static final long NEAR_END = 8L * 1024 * 1024;

    /** So many files are opened in a few tens of milliseconds. */
    private static final int NEAR_END_SEGMENTS = 1000;

    private final List<RangeSegment> segments;
    private final SegmentFiles files;

    /** Length of the capture header that begins the stream; 0 if no segment has one. */
    private final int headerLength;

    private final boolean known;

    /** What is said of it while it is not known. */
    private final long unknownSize;

    /** Length of the shares from each segment on, as they are expected, in bytes. */
    private final AtomicLongArray expectedFrom;

    /** Whether the last segments were measured; under the stream's lock. */
    private boolean restMeasured;

    /**
     * @param unknownSize what is said of it as long as it cannot be told by the files' sizes
     */
    RangeSize(List<RangeSegment> segments, SegmentFiles files, long unknownSize) {
        this.unknownSize = unknownSize;
        this.segments = segments;
        this.files = files;
        this.known = isKnown(segments);
        this.headerLength = headerLength(segments, files);
        this.expectedFrom = new AtomicLongArray(expectedShares(segments, files, headerLength));
    }

    /**
     * Length that a stream of these segments would have, as it is expected by what is known now.
     */
    static long expected(List<RangeSegment> segments, SegmentFiles files) {
        int header = headerLength(segments, files);
        return header + expectedShares(segments, files, header)[0];
    }

    /**
     * Whether the length of a stream of these segments can be told by their files' sizes. It cannot
     * if one is compressed, which names tell; of a few segments the first bytes are looked at, too.
     */
    static boolean isKnown(List<RangeSegment> segments) {
        return segments.stream().noneMatch(RangeSegment::isNamedPacked)
                && (segments.size() > FEW
                        ? !segments.get(0).isPacked()
                                && !segments.get(segments.size() - 1).isPacked()
                        : segments.stream().noneMatch(RangeSegment::isPacked));
    }

    /** Length of the segments' file headers: that of the first one tells the format of all. */
    private static int headerLength(List<RangeSegment> segments, SegmentFiles files) {
        return segments.stream()
                .filter(RangeSegment::mayHaveHeader)
                .findFirst()
                .map(first -> files.headerLength(first.path(), first.identity()))
                .orElse(0);
    }

    private static long[] expectedShares(
            List<RangeSegment> segments, SegmentFiles files, int headerLength) {
        long[] from = new long[segments.size() + 1];
        for (int i = segments.size() - 1; i >= 0; i--) {
            from[i] = from[i + 1] + segments.get(i).expectedRecords(files, headerLength);
        }
        return from;
    }

    /** Whether it can be told by the files' sizes. */
    boolean isKnown() {
        return known;
    }

    /**
     * Length of the whole stream in bytes, as it is expected by what is known now.
     *
     * @param settled length of what was read of it and cannot change any more
     * @param reached number of the first segment that is not part of that
     */
    long expected(long settled, int reached) {
        return settled + (settled == 0 ? headerLength : 0) + expectedFrom.get(reached);
    }

    /**
     * What is said of the length of the whole stream.
     *
     * @param settled as of {@link #expected(long, int)}
     * @param reached as there
     */
    long told(long settled, int reached) {
        if (known) {
            return expected(settled, reached);
        }
        return reached == segments.size() ? settled : unknownSize;
    }

    /**
     * Measures the segments that are not settled, if they are few and short: who asks for the size
     * there is about to read to the end.
     *
     * @param reached number of the first of them
     */
    void measureNearEnd(int reached) {
        if (known
                && !restMeasured
                && segments.size() - reached <= NEAR_END_SEGMENTS
                && expectedFrom.get(reached) <= NEAR_END) {
            restMeasured = true;
            for (int i = segments.size() - 1; i >= reached; i--) {
                long records = segments.get(i).measuredRecords(files, headerLength);
                expectedFrom.set(i, expectedFrom.get(i + 1) + records);
            }
        }
    }
}
