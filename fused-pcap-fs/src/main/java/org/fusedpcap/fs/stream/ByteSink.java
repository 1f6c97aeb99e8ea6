package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the bytes of one answer, one piece behind the other. Not thread-safe. */
interface ByteSink {

    /**
     * Appends bytes of a file, changed on their way. The caller goes on holding the file.
     *
     * @throws ShortFileException if the file has become shorter than that
     */
    void add(SegmentFile segment, Rewriting rewriting, long fileOffset, int length)
            throws IOException;

    /** Appends bytes in memory. */
    void add(ByteBuffer bytes);
}
