package org.fusedpcap.fs.stream;

import java.util.Optional;

/** A stream of which one can tell which segment its bytes come from. Thread-safe. */
public interface SegmentStream extends CaptureStream {

    /**
     * Reads whole records of one segment, without waiting for bytes that are not there.
     *
     * @param streamOffset where a record begins
     * @param length the most bytes to return
     */
    SegmentSlice readSegment(long streamOffset, int length);

    /**
     * Name of the segment that comes after the one that the stream has come to; empty if there is
     * none yet.
     */
    Optional<String> nextSegment();
}
