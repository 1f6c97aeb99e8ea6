package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Copies an answer to where its reader wants it, with one copy of each byte.
 *
 * @param dst the bytes go to its position, which moves
 */
record BufferSink(ByteBuffer dst) implements ByteSink {

    @Override
    public void add(SegmentFile segment, Rewriting rewriting, long fileOffset, int length)
            throws IOException {
        int at = dst.position();
        segment.copyTo(fileOffset, length, dst);
        rewriting.apply(segment, fileOffset, dst.slice(at, length));
    }

    @Override
    public void add(ByteBuffer bytes) {
        dst.put(bytes.duplicate());
    }
}
