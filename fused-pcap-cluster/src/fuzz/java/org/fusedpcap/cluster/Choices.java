package org.fusedpcap.cluster;

import java.util.Arrays;

/**
 * A fuzzer's input, taken as a row of decisions and of bytes. Behind its end every decision is 0
 * and no byte is left, so each input means something. For one thread.
 */
public final class Choices {

    private final byte[] input;
    private int at;

    /** Decisions from the first byte on. */
    public Choices(byte[] input) {
        this.input = input;
    }

    /** One of {@code count} possibilities, 1–65536: 0 to {@code count - 1}. */
    public int below(int count) {
        return (count > 256 ? next() << 8 | next() : next()) % count;
    }

    /** One of these. */
    @SafeVarargs
    public final <T> T oneOf(T... values) {
        return values[below(values.length)];
    }

    private int next() {
        return at < input.length ? input[at++] & 0xff : 0;
    }

    /** Number of bytes that are left. */
    public int left() {
        return input.length - at;
    }

    /** As many of the next bytes as there are. */
    public byte[] bytes(int count) {
        int from = at;
        at = Math.min(input.length, at + count);
        return Arrays.copyOfRange(input, from, at);
    }

    /** Exactly so many bytes, zeroes behind the end. */
    public byte[] exactly(int count) {
        return Arrays.copyOf(bytes(count), count);
    }

    /** All that is left. */
    public byte[] rest() {
        return bytes(left());
    }
}
