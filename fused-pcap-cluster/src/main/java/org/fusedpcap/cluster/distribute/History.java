package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;

/**
 * Bytes of a member's stream that can be read again: its first 128 KiB for ever, and as many of the
 * last ones as the window says. Offsets are those of the member's stream.
 *
 * <pre>
 *  offset  0        128 KiB                                    end
 *          +--------+- - - - - - - - - - -+--------------------+
 *          |  head  |        gone         |  ring, &gt;= window   |
 *          +--------+- - - - - - - - - - -+--------------------+
 * </pre>
 *
 * <p>Blocks are slabs of the pool, taken when first written. Used under the member's lock.
 */
final class History {

    private static final int BLOCK = SlabPool.SLAB_LENGTH;

    private final SlabPool pool;
    private final int window;
    private final int ringBlocks;

    /** The head, then the ring; absent until written. */
    private final ByteBuffer[] blocks;

    private volatile int memoryBytes;

    /**
     * @param window least number of bytes kept behind the head, 0 or more
     */
    History(SlabPool pool, int window) {
        this.pool = pool;
        this.window = window;
        // One block more than the window, because the newest block is only partly written.
        this.ringBlocks = window == 0 ? 0 : (window + BLOCK - 1) / BLOCK + 1;
        this.blocks = new ByteBuffer[1 + ringBlocks];
    }

    /** Whether a byte at this offset has to be written here. */
    boolean keeps(long offset) {
        return offset < BLOCK || ringBlocks > 0;
    }

    /** Whether a byte at or behind {@code end} can be gone to, by taking all before it. */
    boolean reaches(long offset, long end) {
        return offset < BLOCK || offset - end <= window;
    }

    /** Whether the byte at this offset, which was written, can still be read. */
    boolean isKept(long offset, long end) {
        return offset < BLOCK || offset / BLOCK > (end - 1) / BLOCK - ringBlocks;
    }

    /** Where the byte at this offset goes, and those behind it up to the end of a block. */
    ByteBuffer room(long offset) {
        int index = indexOf(offset);
        if (blocks[index] == null) {
            blocks[index] = pool.take();
            memoryBytes += BLOCK;
        }
        return blocks[index].duplicate().clear().position((int) (offset % BLOCK));
    }

    /**
     * Copies bytes that {@link #isKept are kept} to {@code dst}'s position and moves it.
     *
     * @param end offset behind the last byte written
     * @param most most bytes to copy, at most what {@code dst} has room for
     * @return number of bytes copied
     */
    int copyTo(long offset, long end, ByteBuffer dst, int most) {
        int from = (int) (offset % BLOCK);
        int bytes = (int) Math.min(Math.min(most, BLOCK - from), end - offset);
        dst.put(dst.position(), blocks[indexOf(offset)], from, bytes);
        dst.position(dst.position() + bytes);
        return bytes;
    }

    /** Gives all memory back. */
    void release() {
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i] != null) {
                pool.giveBack(blocks[i]);
                blocks[i] = null;
            }
        }
        memoryBytes = 0;
    }

    /** Any thread: bytes of memory held. */
    int memoryBytes() {
        return memoryBytes;
    }

    private int indexOf(long offset) {
        long block = offset / BLOCK;
        return block == 0 ? 0 : 1 + (int) ((block - 1) % ringBlocks);
    }
}
