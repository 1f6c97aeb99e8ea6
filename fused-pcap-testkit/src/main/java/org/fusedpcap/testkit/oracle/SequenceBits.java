package org.fusedpcap.testkit.oracle;

import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A set of sequence numbers, one bit for each where they are dense. Not thread-safe. */
final class SequenceBits {

    private static final int CHUNK_BITS = 16;
    private static final int WORDS = (1 << CHUNK_BITS) / Long.SIZE;
    private static final long[] NONE = new long[WORDS];

    private final TreeMap<Long, long[]> chunks = new TreeMap<>();
    private long[] recent = NONE;
    private long recentIndex = -1;

    /** Adds a number; false if it was there. */
    boolean add(long sequence) {
        long[] chunk = chunk(sequence >>> CHUNK_BITS);
        int word = word(sequence);
        boolean fresh = (chunk[word] & 1L << sequence) == 0;
        chunk[word] |= 1L << sequence;
        return fresh;
    }

    boolean contains(long sequence) {
        return (chunks.getOrDefault(sequence >>> CHUNK_BITS, NONE)[word(sequence)] & 1L << sequence)
                != 0;
    }

    private long[] chunk(long index) {
        if (index != recentIndex) {
            recent = chunks.computeIfAbsent(index, i -> new long[WORDS]);
            recentIndex = index;
        }
        return recent;
    }

    private static int word(long sequence) {
        return (int) (sequence >>> 6) & WORDS - 1;
    }

    /** Tells all numbers that are here and not in {@code others}, in order. */
    void forEachNotIn(SequenceBits others, LongConsumer consumer) {
        chunks.forEach(
                (index, chunk) -> {
                    long[] other = others.chunks.getOrDefault(index, NONE);
                    for (int word = 0; word < WORDS; word++) {
                        long base = (index << CHUNK_BITS) + (long) word * Long.SIZE;
                        tell(chunk[word] & ~other[word], base, consumer);
                    }
                });
    }

    private static void tell(long bits, long base, LongConsumer consumer) {
        for (long left = bits; left != 0; left &= left - 1) {
            consumer.accept(base + Long.numberOfTrailingZeros(left));
        }
    }
}
