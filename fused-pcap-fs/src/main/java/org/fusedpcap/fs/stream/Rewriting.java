package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.fusedpcap.fs.linux.NativeMemory;

/**
 * How bytes of a segment's file are changed on their way into a stream. No byte changes its place.
 * Immutable.
 */
interface Rewriting {

    /** Nothing is changed: the stream has the file's own bytes. */
    Rewriting NONE =
            new Rewriting() {
                @Override
                public int changed(long fileOffset, int length) {
                    return 0;
                }

                @Override
                public void apply(SegmentFile file, long fileOffset, ByteBuffer bytes) {
                    // They are right as they are.
                }
            };

    /**
     * How many of some bytes may be changed; those behind them are as in the file.
     *
     * @param fileOffset of the first
     * @param length how many there are
     */
    int changed(long fileOffset, int length);

    /**
     * Changes bytes that were copied from a file.
     *
     * @param file where they are from, to look for what stands before and behind them
     * @param fileOffset of the first
     * @param bytes all up to the limit; the position is left alone
     * @throws ShortFileException if they are not what was scanned
     */
    void apply(SegmentFile file, long fileOffset, ByteBuffer bytes) throws IOException;

    /** A changed copy of some of a file's bytes, which the caller gives away or frees. */
    default NativeMemory copyToNative(SegmentFile file, long fileOffset, int length)
            throws IOException {
        NativeMemory memory = file.copyToNative(fileOffset, length);
        try {
            apply(file, fileOffset, memory.buffer().slice(0, length));
            return memory;
        } catch (IOException | RuntimeException e) {
            memory.free();
            throw e;
        }
    }

    /** A changed copy of some of a file's bytes. */
    default ByteBuffer copy(SegmentFile file, long fileOffset, int length) throws IOException {
        ByteBuffer bytes = file.copy(fileOffset, length);
        apply(file, fileOffset, bytes);
        return bytes;
    }
}
