package org.fusedpcap.testkit.traffic;

import java.nio.charset.StandardCharsets;

/** What payloads are filled up with: text, so that no {@link Marker} can be taken for it. */
final class Filler {

    private static final String LINE =
            "fused-pcap testkit: the quick brown fox jumps over the lazy dog. ";
    private static final byte[] TEXT = text();

    private Filler() {}

    /** A payload: room for a marker, zeroed, and filler behind it. */
    static byte[] payload(int filler) {
        byte[] payload = new byte[Marker.LENGTH + filler];
        copy(payload, Marker.LENGTH, filler);
        return payload;
    }

    static void copy(byte[] out, int offset, int length) {
        System.arraycopy(TEXT, 0, out, offset, length);
    }

    private static byte[] text() {
        byte[] line = LINE.getBytes(StandardCharsets.US_ASCII);
        byte[] text = new byte[1 << 16];
        for (int i = 0; i < text.length; i++) {
            text[i] = line[i % line.length];
        }
        return text;
    }
}
