package org.fusedpcap.testkit.writer;

/** Lays out a capture file: the header, and the bytes around each frame. */
interface RecordEncoder {

    /** The most bytes that a record has besides its frame. */
    int MAX_OVERHEAD = 64;

    /** The most bytes that a file header has. */
    int MAX_HEADER = 256;

    /** Writes the file header and returns its length, in bytes. */
    int header(byte[] out, int offset);

    /** Number of bytes in front of a frame. */
    int frameOffset();

    /**
     * Writes what is around a frame that is there already.
     *
     * @param out holds the frame
     * @param offset where the record begins in {@code out}
     * @param captured number of the frame's bytes to keep
     * @param original number of bytes that the frame had
     * @param timeNanos when, in nanoseconds since 1970
     * @return length of the record, in bytes
     */
    int finish(byte[] out, int offset, int captured, int original, long timeNanos);
}
