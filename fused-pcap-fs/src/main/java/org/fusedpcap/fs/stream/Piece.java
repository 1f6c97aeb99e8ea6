package org.fusedpcap.fs.stream;

import java.nio.ByteBuffer;

/** Consecutive bytes of a stream, as the answer to a read is put together of them. */
public sealed interface Piece {

    /** Number of bytes, at least 1. */
    int length();

    /** Lets go of what holds the bytes. */
    void release();

    /**
     * Bytes as they lie in a segment's file. Whoever gets the piece holds the segment.
     *
     * @param segment the file, held
     * @param fileOffset where they begin in it
     * @param length how many there are
     */
    record InFile(SegmentFile segment, long fileOffset, int length) implements Piece {
        @Override
        public void release() {
            segment.release();
        }
    }

    /**
     * Bytes in memory.
     *
     * @param bytes from position to limit; not to be changed
     */
    record InMemory(ByteBuffer bytes) implements Piece {
        @Override
        public int length() {
            return bytes.remaining();
        }

        @Override
        public void release() {
            // Memory needs no letting go.
        }
    }
}
