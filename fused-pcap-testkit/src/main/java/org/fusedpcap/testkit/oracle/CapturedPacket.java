package org.fusedpcap.testkit.oracle;

/**
 * A record of a capture. Its bytes are valid until the next one is read.
 *
 * @param bytes holds the captured bytes
 * @param offset where they begin in {@code bytes}
 * @param captured how many there are
 * @param original how many the packet had
 * @param timeNanos when it was captured, in nanoseconds since 1970
 * @param position where the record begins in the stream, in bytes
 */
public record CapturedPacket(
        byte[] bytes, int offset, int captured, int original, long timeNanos, long position) {}
