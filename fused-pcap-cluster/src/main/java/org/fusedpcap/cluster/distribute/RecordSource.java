package org.fusedpcap.cluster.distribute;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.fusedpcap.cluster.pcap.CaptureHeader;

/**
 * Where a cluster's stream comes from. It is called by one thread at a time, not always the same
 * one, and never waits for data that is not there: it may read the disk, no more.
 */
public interface RecordSource extends AutoCloseable {

    /** Nothing is there yet. */
    int NOTHING_YET = 0;

    /** Nothing will ever come any more. */
    int END_OF_STREAM = -1;

    /** The next record is whole and there, but needs more room than there was. */
    int RECORD_TOO_LARGE = -2;

    /** The stream's capture header, byte for byte, between position and limit. */
    ByteBuffer fileHeader();

    /** What the capture header says. Every record is put in this form. */
    CaptureHeader format();

    /**
     * Puts whole records at {@code dst}'s position and moves it: as many as fit and are there. One
     * call never mixes two segments.
     *
     * @return number of bytes put, {@link #NOTHING_YET}, {@link #END_OF_STREAM} or {@link
     *     #RECORD_TOO_LARGE}; nothing is put in the last three cases
     * @throws IOException if the stream cannot go on: a disk error, or a segment that cannot
     *     follow. Everything put before stays valid, and no other read follows.
     */
    int read(ByteBuffer dst) throws IOException;

    /**
     * Length in bytes, header included, of the record that a read answered {@link
     * #RECORD_TOO_LARGE} for.
     */
    int nextRecordLength();

    /** Name of the segment that the bytes put last came from; before the first, of START. */
    String segment();

    /** Name of the segment that comes after {@link #segment()}, empty if there is none yet. */
    String nextSegment();

    /**
     * From now on the stream ends where {@link #segment()} ends, as if somebody had said so in
     * {@code .end}. Saying it again changes nothing, nor does saying it when the stream has ended.
     */
    void endAfterSegment();

    @Override
    void close();
}
