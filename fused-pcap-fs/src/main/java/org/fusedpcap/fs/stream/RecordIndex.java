package org.fusedpcap.fs.stream;

import java.util.Arrays;

/**
 * For every 16 KiB of a file the first record that begins there, so that the record around any
 * offset is found without walking from the beginning: 256 KiB for a file of 1 GB. Not thread-safe.
 */
final class RecordIndex {

    private static final int BLOCK_SHIFT = 14;
    private static final int INITIAL_CAPACITY = 64;

    /** File offset of the first record that begins in or behind each block. */
    private long[] firstRecords = new long[INITIAL_CAPACITY];

    /** Blocks that have an entry; the first one's is the first record of the file. */
    private int blocks;

    /**
     * Notes that a record begins at a file offset; offsets come in ascending order, none left out.
     */
    void add(long fileOffset) {
        int block = (int) (fileOffset >>> BLOCK_SHIFT);
        if (block < blocks) {
            return;
        }
        if (block >= firstRecords.length) {
            firstRecords =
                    Arrays.copyOf(firstRecords, Math.max(block + 1, firstRecords.length * 2));
        }
        // A record longer than a block leaves blocks in which none begins.
        Arrays.fill(firstRecords, blocks, block + 1, fileOffset);
        blocks = block + 1;
    }

    /**
     * A record at or before a file offset, as near as the index knows.
     *
     * @param fileOffset at or behind the file's first record
     */
    long recordBefore(long fileOffset) {
        int block = (int) Math.min(fileOffset >>> BLOCK_SHIFT, blocks - 1L);
        while (block > 0 && firstRecords[block] > fileOffset) {
            block--;
        }
        return firstRecords[block];
    }
}
