package org.fusedpcap.fs.stream;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the records of a file begin: of every block of it the first one, so that the record around
 * any offset is found without walking from the beginning; and of the records found last, each.
 * Blocks have 16 KiB, and twice as many each time there would be more of them than {@link
 * #MOST_BLOCKS}: the index never takes more than about a megabyte, and in a file of 200 GiB the way
 * to a record is 4 MiB at most. Not thread-safe.
 */
final class RecordIndex {

    private static final int FIRST_SHIFT = 14;

    /** More would not fit into the daemon's heap, of several files at a time. */
    private static final int MOST_BLOCKS = 1 << 16;

    private static final int INITIAL_CAPACITY = 64;

    /**
     * So many of the latest records are known each: more than a reader who is near the scan's end
     * asks about.
     */
    private static final int LATEST = 1 << 13;

    /** What is kept of a scan besides its index: of tiny files that is more. */
    private static final int BESIDES = 512;

    /** What is answered where it is not known. */
    static final long UNKNOWN = -1;

    /** Binary logarithm of a block's length. */
    private int shift = FIRST_SHIFT;

    /** File offset of the first record that begins in or behind each block. */
    private long[] firstRecords = new long[INITIAL_CAPACITY];

    /** Blocks before the first entry, which were forgotten. */
    private long forgotten;

    /** Blocks whose first record has the other byte order than the file's first one. */
    private BitSet swapped = new BitSet();

    /** Blocks that have an entry. */
    private int blocks;

    /** The latest records' file offsets, a ring; made for the first one. */
    private long[] latest = {};

    /** Number of records there have been since the ring was made. */
    private long records;

    /**
     * Notes that a record begins at a file offset; offsets come in ascending order, none left out.
     */
    void add(long fileOffset) {
        add(fileOffset, false);
    }

    /**
     * @param otherOrder whether it has the other byte order than the file's first one
     */
    void add(long fileOffset, boolean otherOrder) {
        makeRoom(fileOffset);
        if (latest.length == 0) {
            latest = new long[LATEST];
        }
        latest[(int) (records & (LATEST - 1))] = fileOffset;
        records++;
        int block = (int) block(fileOffset);
        if (block >= blocks) {
            // A record longer than a block leaves blocks in which none begins.
            Arrays.fill(firstRecords, blocks, block + 1, fileOffset);
            swapped.set(blocks, block + 1, otherOrder);
            blocks = block + 1;
        }
    }

    /** Number of the block that an offset lies in; below 0 if that was forgotten. */
    private long block(long fileOffset) {
        return (fileOffset >>> shift) - forgotten;
    }

    // Before anything is counted: where there is no memory, nothing has happened.
    private void makeRoom(long fileOffset) {
        while (block(fileOffset) >= MOST_BLOCKS) {
            halve();
        }
        int block = (int) block(fileOffset);
        if (block >= firstRecords.length) {
            int length = Math.min(MOST_BLOCKS, Math.max(block + 1, firstRecords.length * 2));
            firstRecords = Arrays.copyOf(firstRecords, length);
        }
    }

    /** Makes one of two blocks each; what is known of the first is known of both. */
    private void halve() {
        int odd = (int) (forgotten & 1);
        int half = (blocks + odd + 1) / 2;
        BitSet halfSwapped = new BitSet(half);
        for (int i = 0; i < half; i++) {
            // Of the first pair the first one may have been forgotten.
            int kept = Math.max(0, 2 * i - odd);
            firstRecords[i] = firstRecords[kept];
            halfSwapped.set(i, swapped.get(kept));
        }
        swapped = halfSwapped;
        blocks = half;
        forgotten >>= 1;
        shift++;
    }

    /** Forgets where records begin that lie before an offset, once these are many. */
    void forgetBefore(long fileOffset) {
        long passed = block(fileOffset);
        if (passed >= INITIAL_CAPACITY && passed < blocks) {
            int gone = (int) passed;
            blocks -= gone;
            forgotten += gone;
            System.arraycopy(firstRecords, gone, firstRecords, 0, blocks);
            swapped = swapped.get(gone, gone + blocks);
        }
    }

    /** Takes no more memory than it must from now on, for nobody asks just now. */
    void shrink() {
        latest = new long[0];
        records = 0;
        firstRecords = Arrays.copyOf(firstRecords, Math.max(blocks, 1));
    }

    /** The memory that it takes, in bytes, with what a scan has besides. */
    long bytes() {
        return BESIDES
                + (long) Long.BYTES * (firstRecords.length + latest.length)
                + swapped.size() / Byte.SIZE;
    }

    /**
     * A record at or before a file offset, as near as the index knows.
     *
     * @param fileOffset at or behind the file's first record
     * @return a place behind it if those before it were forgotten
     */
    long recordBefore(long fileOffset) {
        return firstRecords[blockBefore(fileOffset)];
    }

    /** Whether {@link #recordBefore} has the other byte order than the file's first record. */
    boolean isSwappedBefore(long fileOffset) {
        return swapped.get(blockBefore(fileOffset));
    }

    private int blockBefore(long fileOffset) {
        int block = (int) Math.max(0, Math.min(block(fileOffset), blocks - 1L));
        while (block > 0 && firstRecords[block] > fileOffset) {
            block--;
        }
        return block;
    }

    /**
     * Where the first of the latest records begins that begins at or behind a file offset.
     *
     * @return {@link #UNKNOWN} if the offset lies before the latest ones, or behind all
     */
    long latestAtOrBehind(long fileOffset) {
        long number = latestNumberBehind(fileOffset - 1);
        return number == UNKNOWN || number == records
                ? UNKNOWN
                : latest[(int) (number & (LATEST - 1))];
    }

    /**
     * Where the last of the latest records begins that begins at or before a file offset.
     *
     * @return {@link #UNKNOWN} if the offset lies before the latest ones
     */
    long latestAtOrBefore(long fileOffset) {
        long number = latestNumberBehind(fileOffset);
        long oldest = Math.max(0, records - LATEST);
        return number == UNKNOWN || number == oldest
                ? UNKNOWN
                : latest[(int) ((number - 1) & (LATEST - 1))];
    }

    /**
     * Number of the first record behind an offset; unknown if that may be one that is forgotten.
     */
    private long latestNumberBehind(long fileOffset) {
        long low = Math.max(0, records - LATEST);
        if (records == 0 || latest[(int) (low & (LATEST - 1))] > fileOffset) {
            return UNKNOWN;
        }
        long high = records;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (latest[(int) (middle & (LATEST - 1))] > fileOffset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
