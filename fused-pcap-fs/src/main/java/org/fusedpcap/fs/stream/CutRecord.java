package org.fusedpcap.fs.stream;

import java.nio.ByteBuffer;

/**
 * The rest of a record that an answer to a reader ended in. Should the file be overwritten before
 * the reader comes back, the record is finished from here: a reader never sees half a record.
 *
 * @param shareOffset where the answer ended, in the segment's share of the stream
 * @param rest the bytes from there to the record's end; none if the answer ended with a record
 */
record CutRecord(long shareOffset, ByteBuffer rest) {

    /** Nothing was answered yet. */
    static final CutRecord NONE = atRecordEnd(0);

    /** The answer ended with a record. */
    static CutRecord atRecordEnd(long shareOffset) {
        return new CutRecord(shareOffset, ByteBuffer.allocate(0));
    }

    /** Whether a later answer that ends at an offset ends in the same record. */
    boolean covers(long laterOffset) {
        return laterOffset > shareOffset && laterOffset <= shareOffset + rest.remaining();
    }

    /** What is left of the record then. */
    CutRecord from(long laterOffset) {
        int passed = (int) (laterOffset - shareOffset);
        return new CutRecord(laterOffset, rest.slice(passed, rest.remaining() - passed));
    }
}
