package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.fusedpcap.fs.linux.FileIdentity;

/**
 * By what a file is known again of which no more than that is remembered, as there may be tens of
 * thousands of them.
 *
 * @param fileOffset where the bytes begin that were looked at
 * @param length how many there are
 * @param mark of those bytes and the file's device and inode
 */
record BeginningMark(long fileOffset, int length, long mark) {

    /** The mark of a file that begins so. */
    static BeginningMark of(FileIdentity file, Beginning beginning) {
        ByteBuffer bytes = beginning.bytes();
        return new BeginningMark(beginning.fileOffset(), bytes.remaining(), mark(file, bytes));
    }

    /** Whether an open file is that one, and still begins so. */
    boolean isIn(SegmentFile segment) throws IOException {
        ByteBuffer bytes = Beginning.read(segment.file(), fileOffset, length);
        return mark(segment.opened(), bytes) == mark;
    }

    private static long mark(FileIdentity file, ByteBuffer bytes) {
        Fingerprint print = new Fingerprint().with(file.device()).with(file.inode());
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            print.with(bytes.get(i));
        }
        return print.value();
    }
}
