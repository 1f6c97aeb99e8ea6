package org.fusedpcap.fs.compression;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fusedpcap.fs.linux.NativeMemory;

/**
 * The compressed bytes of a file, read ahead by {@value #LENGTH} bytes. What is still to be taken
 * stands between position and limit of {@link #bytes}. Not thread-safe, but for {@link #offset}.
 */
public final class PackedInput implements AutoCloseable {

    private static final int LENGTH = 128 * 1024;
    private static final int BYTE = 0xff;

    private final PackedSource source;
    private final NativeMemory memory = NativeMemory.allocate(LENGTH);
    private final ByteBuffer bytes = memory.buffer().order(ByteOrder.LITTLE_ENDIAN).limit(0);

    /** File offset behind the bytes that were read. */
    private volatile long read;

    /** An input that begins where the source does. */
    public PackedInput(PackedSource source) {
        this.source = source;
    }

    /** What was read and not yet taken; whoever takes some moves the position. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** File offset behind the bytes that were read, taken or not. */
    public long offset() {
        return read;
    }

    /** Reads on if nothing is left; false at the end. */
    boolean fill() throws IOException {
        if (bytes.hasRemaining()) {
            return true;
        }
        bytes.clear();
        return readMore();
    }

    private boolean readMore() throws IOException {
        int count;
        try {
            count = source.read(bytes);
        } finally {
            bytes.flip();
        }
        read += Math.max(0, count);
        return count != PackedSource.END;
    }

    /**
     * Reads on until so many bytes are there.
     *
     * @param count of the size of a header
     * @throws PackedDataException if the file ends before
     */
    ByteBuffer require(int count) throws IOException {
        while (bytes.remaining() < count) {
            bytes.compact();
            if (!readMore()) {
                throw PackedDataException.cut();
            }
        }
        return bytes;
    }

    /** Takes one byte. */
    int next() throws IOException {
        return require(1).get() & BYTE;
    }

    /** Takes as many bytes as a buffer has room for. */
    void takeAll(ByteBuffer dst) throws IOException {
        while (dst.hasRemaining()) {
            if (!fill()) {
                throw PackedDataException.cut();
            }
            int count = Math.min(dst.remaining(), bytes.remaining());
            dst.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
        }
    }

    /** Skips bytes. */
    void skip(long count) throws IOException {
        for (long left = count; left > 0; ) {
            if (!fill()) {
                throw PackedDataException.cut();
            }
            int step = (int) Math.min(left, bytes.remaining());
            bytes.position(bytes.position() + step);
            left -= step;
        }
    }

    /** The same bytes as a stream, whose end is the end of the file. */
    InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return fill() ? next() : END;
            }

            @Override
            public int read(byte[] dst, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (!fill()) {
                    return END;
                }
                int count = Math.min(length, bytes.remaining());
                bytes.get(dst, offset, count);
                return count;
            }
        };
    }

    private static final int END = -1;

    @Override
    public void close() {
        memory.free();
    }
}
