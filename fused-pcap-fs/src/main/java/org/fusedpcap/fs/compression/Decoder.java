package org.fusedpcap.fs.compression;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Unpacks one file from its beginning on. Not thread-safe, but for {@link #isBetweenFrames}, which
 * may be asked by whoever knows that no call is under way that is not waiting for input.
 */
public interface Decoder extends AutoCloseable {

    /** Returned where the file ends behind a whole frame. */
    int END = -1;

    /**
     * Unpacks some bytes, as soon as there are any, to a buffer's position, which moves.
     *
     * @param dst a direct buffer with room in it
     * @return how many bytes, at least 1, or {@link #END}
     * @throws PackedDataException if the data is damaged, ends inside a frame, or asks for more
     *     memory than it is given
     * @throws MemoryTakenException if it is not given the memory now
     * @throws IOException if the file cannot be read
     */
    int read(ByteBuffer dst) throws IOException;

    /** Whether all that was read of the file are whole frames. */
    boolean isBetweenFrames();

    /** Frees what is not on the heap, and the input. */
    @Override
    void close();
}
