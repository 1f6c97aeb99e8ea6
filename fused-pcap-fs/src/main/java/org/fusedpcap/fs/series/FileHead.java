package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The first bytes of a file: a capture's header and the time and lengths of its first packet. */
final class FileHead {

    private static final int LENGTH = 40;

    static final FileHead UNKNOWN = new FileHead(new byte[0]);

    private final byte[] bytes;

    private FileHead(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The file's head, shorter if the file is; unknown if it cannot be read. */
    static FileHead of(Path path) {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Until it is full or the file ends.
            }
        } catch (IOException unreadable) {
            return UNKNOWN;
        }
        return new FileHead(Arrays.copyOf(buffer.array(), buffer.position()));
    }

    /** This head, or the one from before if the file could not be read. */
    FileHead orBefore(FileHead before) {
        return this == UNKNOWN ? before : this;
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
