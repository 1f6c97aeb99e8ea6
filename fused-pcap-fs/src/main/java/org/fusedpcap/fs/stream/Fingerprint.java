package org.fusedpcap.fs.stream;

/**
 * A number of 64 bits that two different rows of numbers have in common by chance alone. Not
 * thread-safe.
 */
final class Fingerprint {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final int ROTATION = 31;

    private long value = 1;

    /** Adds the next number. */
    Fingerprint with(long number) {
        value = Long.rotateLeft((value ^ number) * MULTIPLIER, ROTATION);
        value ^= value >>> ROTATION;
        return this;
    }

    /** Of all numbers so far. */
    long value() {
        return value;
    }
}
