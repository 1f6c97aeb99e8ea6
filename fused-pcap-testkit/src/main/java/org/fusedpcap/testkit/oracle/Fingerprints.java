package org.fusedpcap.testkit.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** A fingerprint for each sequence number, four bytes each where they are dense. */
final class Fingerprints {

    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final long NANOS_PER_MICRO = 1000;

    private final Map<Long, int[]> chunks = new HashMap<>();

    void put(long sequence, int fingerprint) {
        chunks.computeIfAbsent(sequence >>> CHUNK_BITS, i -> new int[CHUNK])[
                        (int) sequence & CHUNK - 1] =
                fingerprint;
    }

    /** The fingerprint of a number that has one. */
    int get(long sequence) {
        return chunks.get(sequence >>> CHUNK_BITS)[(int) sequence & CHUNK - 1];
    }

    /**
     * What a packet looks like. Its time counts in microseconds, since a stream in the form of its
     * first segment has no more.
     */
    static int of(CapturedPacket packet, boolean withTime) {
        CRC32C crc = new CRC32C();
        crc.update(packet.bytes(), packet.offset(), packet.captured());
        long time = withTime ? packet.timeNanos() / NANOS_PER_MICRO : 0;
        long rest = time * 31 + packet.captured();
        return (int) (crc.getValue() + (rest * 31 + packet.original()) * 0x9e3779b97f4a7c15L >>> 7);
    }
}
