package org.fusedpcap.fs.stream;

import java.nio.ByteBuffer;

/**
 * Another file header in the place of the file's own.
 *
 * @param header not to be changed
 */
record HeaderRewriting(ByteBuffer header) implements Rewriting {

    @Override
    public int changed(long fileOffset, int length) {
        return (int) Math.min(length, Math.max(0, header.limit() - fileOffset));
    }

    @Override
    public void apply(SegmentFile file, long fileOffset, ByteBuffer bytes) {
        int length = changed(fileOffset, bytes.limit());
        bytes.put(0, header, (int) Math.min(fileOffset, header.limit()), length);
    }
}
