package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.fusedpcap.fs.compression.Decoder;
import org.fusedpcap.fs.compression.PackedSource;
import org.fusedpcap.fs.linux.NativeFile;

/**
 * The bytes of a compressed file, up to a limit, one after the other. Read by one thread; {@link
 * #offset} and {@link #isBetweenFrames} may be asked by others.
 */
final class PackedFile {

    /** Returned at the limit. */
    static final int END = PackedSource.END;

    private final NativeFile file;
    private final long limit;
    private volatile long offset;
    private volatile Optional<Decoder> decoder = Optional.empty();

    /**
     * @param limit file offset behind which it is not read
     */
    PackedFile(NativeFile file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    /** How many bytes were read; 0 where there is nothing yet, or {@link #END}. */
    int read(ByteBuffer dst) throws IOException {
        if (offset >= limit) {
            return END;
        }
        int room = (int) Math.min(dst.remaining(), limit - offset);
        ByteBuffer part = dst.slice(dst.position(), room);
        int count = file.read(part, offset);
        dst.position(dst.position() + count);
        offset += count;
        return count;
    }

    /** File offset behind what was read. */
    long offset() {
        return offset;
    }

    /** From now on it is read from its beginning on once more. */
    void rewind() {
        offset = 0;
    }

    /** From now on that decoder reads. */
    void isReadBy(Decoder reader) {
        decoder = Optional.of(reader);
    }

    /** Nobody reads on; whoever has read is let go of, with the memory that it has. */
    void isReadToTheEnd() {
        decoder = Optional.empty();
    }

    /** Whether what was read are whole frames. */
    boolean isBetweenFrames() {
        return decoder.map(Decoder::isBetweenFrames).orElse(true);
    }
}
