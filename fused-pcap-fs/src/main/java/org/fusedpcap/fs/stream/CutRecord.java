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
    static final CutRecord NONE = new CutRecord(0, ByteBuffer.allocate(0));
}
