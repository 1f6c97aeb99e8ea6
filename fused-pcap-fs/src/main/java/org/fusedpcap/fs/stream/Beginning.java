package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.fs.linux.NativeFile;

/**
 * The first bytes of a capture file: its header, and the header of its first record as soon as that
 * is there. A file that was written anew in place has another one, because its first packet has
 * another time; its size need not tell.
 *
 * @param bytes not to be changed
 */
record Beginning(ByteBuffer bytes) {

    private static final int LENGTH =
            PcapFormat.FILE_HEADER_LENGTH + PcapFormat.RECORD_HEADER_LENGTH;

    /** What a file begins with now, be it less than there will be. */
    static Beginning of(NativeFile file) throws IOException {
        return new Beginning(read(file, LENGTH));
    }

    /** The same with the first record's header, which follows the file's. */
    Beginning withFirstRecord(ByteBuffer recordHeader) {
        ByteBuffer both = ByteBuffer.allocate(LENGTH);
        both.put(bytes.duplicate().limit(PcapFormat.FILE_HEADER_LENGTH));
        both.put(recordHeader.slice(0, PcapFormat.RECORD_HEADER_LENGTH));
        return new Beginning(both.flip());
    }

    /** Whether a file still begins so. */
    boolean isIn(NativeFile file) throws IOException {
        return read(file, bytes.remaining()).equals(bytes);
    }

    private static ByteBuffer read(NativeFile file, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
            // Until it is full or the file ends.
        }
        return bytes.flip();
    }
}
