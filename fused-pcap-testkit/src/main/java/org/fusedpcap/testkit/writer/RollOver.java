package org.fusedpcap.testkit.writer;

/**
 * When a file is full. Immutable.
 *
 * @param bytes no record is added to a file that has so many bytes; 0 for no such limit
 * @param packets no more packets than this in a file; 0 for no such limit
 * @param nanos no packet that comes so much later than the file was begun; 0 for no such limit
 */
public record RollOver(long bytes, long packets, long nanos) {

    /** Never. */
    public static final RollOver NEVER = new RollOver(0, 0, 0);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Checks the ranges. */
    public RollOver {
        if (bytes < 0 || packets < 0 || nanos < 0) {
            throw new IllegalArgumentException("a limit is 0 or more");
        }
    }

    /** By size, in bytes. */
    public static RollOver bytes(long bytes) {
        return new RollOver(bytes, 0, 0);
    }

    /** By count. */
    public static RollOver packets(long packets) {
        return new RollOver(0, packets, 0);
    }

    /** By time, in seconds. */
    public static RollOver seconds(long seconds) {
        return new RollOver(0, 0, seconds * NANOS_PER_SECOND);
    }

    boolean isFull(long fileBytes, long filePackets) {
        return bytes > 0 && fileBytes >= bytes || packets > 0 && filePackets >= packets;
    }

    boolean isOver(long openedNanos, long nowNanos) {
        return nanos > 0 && nowNanos - openedNanos >= nanos;
    }
}
