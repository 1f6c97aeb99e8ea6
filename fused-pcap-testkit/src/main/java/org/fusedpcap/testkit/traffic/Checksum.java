package org.fusedpcap.testkit.traffic;

/** How a message protects itself. */
enum Checksum {
    /** The internet checksum (RFC 1071). */
    INTERNET,
    /** The internet checksum of UDP, where 0 would mean that there is none. */
    UDP,
    /** CRC32c, least significant byte first (RFC 9260). */
    CRC32C,
    /** Not at all, or not over the marker. */
    NONE;

    /** Folds a sum of 16-bit words to 16 bits. */
    static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }

    /** Sum of an array's 16-bit big-endian words, not folded; a last odd byte is a high one. */
    static long words(byte[] bytes, int offset, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            int value = bytes[offset + i] & 0xff;
            sum += (i & 1) == 0 ? value << 8 : value;
        }
        return sum;
    }
}
