package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.fs.compression.PackedFormat;
import org.fusedpcap.fs.linux.NativeFile;

/**
 * A few of a capture file's first bytes: its header, and the header of its first packet as soon as
 * that is there. A file that was written anew in place has another one, because its first packet
 * has another time; its size need not tell.
 *
 * @param fileOffset where the bytes begin
 * @param bytes not to be changed
 */
record Beginning(long fileOffset, ByteBuffer bytes) {

    /** Length of the headers of a file of classic pcap and of its first packet, in bytes. */
    static final int PCAP_LENGTH = PcapFormat.FILE_HEADER_LENGTH + PcapFormat.RECORD_HEADER_LENGTH;

    /** So many bytes of a compressed file surely are of its first packet, too. */
    private static final int PACKED_LENGTH = 512;

    /**
     * So many frames that hold nothing are skipped at most: a file may be made of them, and nobody
     * could be interrupted meanwhile.
     */
    private static final int MOST_SKIPPED = 64;

    /**
     * What a compressed file begins with, be it less than there will be: its first frame that holds
     * something.
     */
    static Beginning ofPacked(NativeFile file) throws IOException {
        long offset = 0;
        ByteBuffer bytes = read(file, 0, PACKED_LENGTH);
        for (int i = 0; i < MOST_SKIPPED && PackedFormat.skippableLength(bytes) > 0; i++) {
            offset += PackedFormat.skippableLength(bytes);
            bytes = read(file, offset, PACKED_LENGTH);
        }
        return new Beginning(offset, bytes);
    }

    /**
     * What a file begins with before its first packet is known.
     *
     * @param bytes the file's first ones, which {@code header} was read from
     */
    static Beginning of(CaptureHeader header, ByteBuffer bytes) {
        return new Beginning(
                0, header.length() == 0 ? bytes : bytes.duplicate().limit(header.length()));
    }

    /**
     * The same with the first packet's header: behind the file's where it follows that, or else
     * alone, since what stands before it in pcapng is alike in all files of a writer.
     *
     * @param packetOffset where the packet's record or block begins in the file
     * @param packetHeader what that begins with
     */
    Beginning withFirstPacket(long packetOffset, ByteBuffer packetHeader) {
        if (packetOffset != bytes.remaining()) {
            ByteBuffer alone = ByteBuffer.allocate(packetHeader.remaining());
            return new Beginning(packetOffset, alone.put(packetHeader).flip());
        }
        ByteBuffer both = ByteBuffer.allocate(bytes.remaining() + packetHeader.remaining());
        both.put(bytes.duplicate()).put(packetHeader);
        return new Beginning(0, both.flip());
    }

    /** Whether a file still begins so. */
    boolean isIn(NativeFile file) throws IOException {
        return read(file, fileOffset, bytes.remaining()).equals(bytes);
    }

    /** A file's bytes; fewer where it ends. */
    static ByteBuffer read(NativeFile file, long fileOffset, int length) throws IOException {
        ByteBuffer there = ByteBuffer.allocate(length);
        while (there.hasRemaining() && file.read(there, fileOffset + there.position()) > 0) {
            // Until it is full or the file ends.
        }
        return there.flip();
    }
}
