package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.fusedpcap.fs.linux.NativeMemory;

/** Consecutive bytes of a stream, as the answer to a read is put together of them. */
public sealed interface Piece {

    /** Number of bytes, at least 1. */
    int length();

    /**
     * Copies the bytes to a buffer's position, which moves.
     *
     * @throws ShortFileException if the file has become shorter than that
     */
    void copyTo(ByteBuffer dst) throws IOException;

    /**
     * The first bytes of this piece, which takes this one's place: one of both is released.
     *
     * @param fewer how many, at least 1
     */
    Piece withLength(int fewer);

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
        public void copyTo(ByteBuffer dst) throws IOException {
            segment.copyTo(fileOffset, length, dst);
        }

        @Override
        public Piece withLength(int fewer) {
            return new InFile(segment, fileOffset, fewer);
        }

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
        public void copyTo(ByteBuffer dst) {
            dst.put(bytes.duplicate());
        }

        @Override
        public Piece withLength(int fewer) {
            return new InMemory(bytes.slice(bytes.position(), fewer));
        }

        @Override
        public void release() {
            // Memory needs no letting go.
        }
    }

    /**
     * Bytes in memory of the C library, which whoever answers the kernel may take over.
     *
     * @param memory where they are, from its beginning on
     * @param length how many there are
     */
    record InNativeMemory(NativeMemory memory, int length) implements Piece {
        @Override
        public void copyTo(ByteBuffer dst) {
            dst.put(memory.buffer().duplicate().position(0).limit(length));
        }

        @Override
        public Piece withLength(int fewer) {
            return new InNativeMemory(memory, fewer);
        }

        @Override
        public void release() {
            memory.free();
        }
    }
}
