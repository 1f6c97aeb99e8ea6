package org.fusedpcap.fs.stream;

import java.util.Arrays;

/**
 * Where the records of one short part of a file begin, as the last question about it found out: the
 * next ones are mostly about the same part. Not thread-safe.
 */
final class RecordWindow {

    private static final int INITIAL_CAPACITY = 128;

    private long[] starts = new long[INITIAL_CAPACITY];
    private int count;

    /** Forgets all, to be told of another part. */
    void clear() {
        count = 0;
    }

    /** Notes that a record begins, or the last one ends; in ascending order, none left out. */
    void add(long fileOffset) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count] = fileOffset;
        count++;
    }

    /** The last place that was noted; 0 if none was. */
    long end() {
        return count == 0 ? 0 : starts[count - 1];
    }

    /** Whether the records before and behind a file offset are known. */
    boolean covers(long fileOffset) {
        return count > 0 && starts[0] <= fileOffset && fileOffset <= starts[count - 1];
    }

    /** The first place at or behind a file offset, which is covered. */
    long atOrBehind(long fileOffset) {
        int found = Arrays.binarySearch(starts, 0, count, fileOffset);
        return starts[found >= 0 ? found : -found - 1];
    }

    /** The last place at or before a file offset, which is covered. */
    long atOrBefore(long fileOffset) {
        int found = Arrays.binarySearch(starts, 0, count, fileOffset);
        return starts[found >= 0 ? found : -found - 2];
    }
}
