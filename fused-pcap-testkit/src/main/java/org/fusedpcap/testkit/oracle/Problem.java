package org.fusedpcap.testkit.oracle;

/**
 * Something in a stream of bytes that no capture may have.
 *
 * @param kind what
 * @param position where in the stream, in bytes
 * @param text what it is, in a few words
 */
public record Problem(Kind kind, long position, String text) {

    /** What may be wrong with the bytes. */
    public enum Kind {
        /** There is no file header. */
        NO_HEADER,
        /** A file header where a record should begin. */
        HEADER_INSIDE,
        /** The stream ends inside a record. */
        TORN,
        /** Lengths or numbers that cannot be; nothing behind them can be read. */
        SENSELESS
    }

    @Override
    public String toString() {
        return text + " at byte " + position;
    }
}
