package org.fusedpcap.fs.stream;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A stream of which one can tell which segment its bytes come from. Thread-safe. */
public interface SegmentStream extends CaptureStream {

    /**
     * Shows what the stream begins with, before anything was read. Of that only what stands before
     * the first record counts as read, which is the capture header of pcap and nothing of pcapng.
     * Should the first segment be overwritten then, the stream goes on with the next one, in the
     * form that was shown.
     *
     * @param dst the bytes go to its position, which moves; it takes the longest header
     */
    SegmentSlice begin(ByteBuffer dst);

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
