package org.fusedpcap.fs.stream;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A stream of which one can tell which segment its bytes come from. Thread-safe. */
public interface SegmentStream extends CaptureStream {

    /**
     * Copies whole records of one segment, as many as fit, without waiting for bytes that are not
     * there. What is copied was in the segment, whatever happens to its file meanwhile.
     *
     * @param streamOffset where a record begins
     * @param dst the records go to its position, which moves
     */
    SegmentSlice readSegment(long streamOffset, ByteBuffer dst);

    /**
     * Name of the segment that comes after the one that the stream has come to; empty if there is
     * none yet.
     */
    Optional<String> nextSegment();
}
