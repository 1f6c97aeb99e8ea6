package org.fusedpcap.fs.stream;

import java.util.Arrays;

/**
 * Where the bytes of a stream lie: for each offset in the stream the segment that holds it and the
 * offset in that segment's file. Pure arithmetic; knows no file. Not thread-safe.
 *
 * <p>A segment is <em>settled</em> once its share of the stream can no longer change; settled
 * segments are appended in order and numbered from 0, and the first ones may be forgotten. What
 * comes behind them belongs to the segment being read, whose number is {@link #settled()}.
 *
 * <pre>
 *   file     |HH|records.....|torn|   |HH|records........|      H file header
 *             \__share of 0__/            \_share of 1__/
 *   stream   |HH|records.....|records........|...
 *            0               end(0)          end(1)
 * </pre>
 */
final class StreamLayout {

    private static final int INITIAL_CAPACITY = 16;

    private long[] fileStarts = new long[INITIAL_CAPACITY];
    private long[] ends = new long[INITIAL_CAPACITY];
    private int settled;

    /** Stream offset of the first byte of segment 0. */
    private long begin;

    /** Number of settled segments. */
    int settled() {
        return settled;
    }

    /** The stream offset behind the last settled segment, in bytes. */
    long end() {
        return start(settled);
    }

    /** The stream offset before which the segments were forgotten; 0 if none were. */
    long begin() {
        return begin;
    }

    /**
     * Forgets the first segments; those behind them are numbered from 0 again.
     *
     * @param count how many, at most {@link #settled()}
     */
    void forget(int count) {
        begin = start(count);
        settled -= count;
        System.arraycopy(fileStarts, count, fileStarts, 0, settled);
        System.arraycopy(ends, count, ends, 0, settled);
    }

    /**
     * Settles the next segment.
     *
     * @param fileStart offset in its file of the first byte that goes into the stream
     * @param length how many bytes go into the stream from there, 0 or more
     */
    void settle(long fileStart, long length) {
        if (fileStart < 0 || length < 0) {
            throw new IllegalArgumentException("fileStart " + fileStart + ", length " + length);
        }
        if (settled == ends.length) {
            fileStarts = Arrays.copyOf(fileStarts, settled * 2);
            ends = Arrays.copyOf(ends, settled * 2);
        }
        long end = end() + length;
        fileStarts[settled] = fileStart;
        ends[settled] = end;
        settled++;
    }

    /**
     * Number of the segment that holds a stream offset; {@link #settled()} if it lies behind the
     * settled ones. Segments without a share hold no offset.
     *
     * @param streamOffset not before {@link #begin()}
     */
    int segmentAt(long streamOffset) {
        int found = Arrays.binarySearch(ends, 0, settled, streamOffset);
        if (found < 0) {
            return -found - 1;
        }
        // The offset is an end: it belongs to the first segment behind it that has a share.
        int next = found + 1;
        while (next < settled && ends[next] == streamOffset) {
            next++;
        }
        return next;
    }

    /**
     * Stream offset at which a segment's share begins; for {@link #settled()} that is {@link
     * #end()}.
     */
    long start(int segment) {
        return segment == 0 ? begin : ends[segment - 1];
    }

    /** Stream offset at which the share of a settled segment ends. */
    long end(int segment) {
        return ends[segment];
    }

    /** Offset in the file of a settled segment that holds a stream offset inside its share. */
    long fileOffset(int segment, long streamOffset) {
        return fileStarts[segment] + (streamOffset - start(segment));
    }
}
