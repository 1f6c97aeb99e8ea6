package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fusedpcap.cluster.pcap.PcapngFormat;

/**
 * The first bytes of a file: a capture's header and the time and lengths of its first packet. In
 * pcapng that comes somewhere behind what the writer says of itself and of its interfaces.
 */
final class FileHead {

    private static final int LENGTH = 40;
    private static final int PCAPNG_LENGTH = 1024;

    static final FileHead UNKNOWN = new FileHead(new byte[0]);

    private final byte[] bytes;

    private FileHead(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The file's head, shorter if the file is; unknown if it cannot be read. */
    static FileHead of(Path path) {
        ByteBuffer buffer = ByteBuffer.allocate(PCAPNG_LENGTH).limit(LENGTH);
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            fill(buffer, channel);
            if (isPcapng(buffer.array())) {
                fill(buffer.limit(PCAPNG_LENGTH), channel);
            }
        } catch (IOException unreadable) {
            return UNKNOWN;
        }
        return new FileHead(Arrays.copyOf(buffer.array(), buffer.position()));
    }

    /** Whether it has all that is compared. */
    boolean isWhole() {
        return bytes.length == (isPcapng(bytes) ? PCAPNG_LENGTH : LENGTH);
    }

    /** This head, or the one from before if the file could not be read. */
    FileHead orBefore(FileHead before) {
        return this == UNKNOWN ? before : this;
    }

    private static void fill(ByteBuffer buffer, SeekableByteChannel channel) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Until it is full or the file ends.
        }
    }

    private static boolean isPcapng(byte[] bytes) {
        return bytes.length >= Integer.BYTES
                && ByteBuffer.wrap(bytes).getInt() == PcapngFormat.SECTION_HEADER;
    }

    /** Whether a file that once began like {@code before} can still be the same, perhaps grown. */
    boolean continues(FileHead before) {
        if (this == UNKNOWN) {
            return true;
        }
        int mismatch = Arrays.mismatch(before.bytes, bytes);
        return mismatch < 0 || mismatch >= before.bytes.length;
    }
}
