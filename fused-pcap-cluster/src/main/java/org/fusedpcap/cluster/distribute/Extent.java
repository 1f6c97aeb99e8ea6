package org.fusedpcap.cluster.distribute;

/**
 * One or more whole records that stand one behind the other in a slab, packed into a long so that
 * handing them over allocates nothing.
 *
 * <pre>
 *   63                      35  34  33               17 16                0
 *  +--------------------------+---+-------------------+------------------+
 *  |      length, bytes       | s |    slab number    |  offset in slab  |
 *  +--------------------------+---+-------------------+------------------+
 * </pre>
 *
 * <p>The bit s is set where the numbers have the other byte order than the stream's first ones,
 * which happens in pcapng alone.
 *
 * <p>An offset reaches through a slab of 128 KiB; a slab made for one larger record holds nothing
 * else, so its offset is 0.
 */
final class Extent {

    /** Numbers of slabs go from 0 to below this. */
    static final int SLABS = 1 << 17;

    /** The longest extent, in bytes. */
    static final int MAX_LENGTH = (1 << 29) - 1;

    private static final int SLAB_SHIFT = 17;
    private static final int LENGTH_SHIFT = 35;
    private static final long OTHER_ORDER = 1L << LENGTH_SHIFT - 1;
    private static final int OFFSET_MASK = (1 << SLAB_SHIFT) - 1;
    private static final int SLAB_MASK = SLABS - 1;

    private Extent() {}

    static long of(int slab, int offset, int length) {
        return (long) length << LENGTH_SHIFT | (long) slab << SLAB_SHIFT | offset;
    }

    /** The same records, in the other byte order. */
    static long inOtherOrder(long extent) {
        return extent | OTHER_ORDER;
    }

    static boolean isInOtherOrder(long extent) {
        return (extent & OTHER_ORDER) != 0;
    }

    static int slab(long extent) {
        return (int) (extent >>> SLAB_SHIFT) & SLAB_MASK;
    }

    /** Where the first record begins in its slab, in bytes. */
    static int offset(long extent) {
        return (int) extent & OFFSET_MASK;
    }

    /** Number of bytes. */
    static int length(long extent) {
        return (int) (extent >>> LENGTH_SHIFT);
    }
}
