package org.fusedpcap.fs.fuse;

import java.nio.ByteBuffer;
import java.util.List;
import jnr.ffi.Pointer;
import org.fusedpcap.fs.linux.LibC;
import org.fusedpcap.fs.stream.Piece;

/**
 * An answer to a read, as libfuse 2.9 takes it (struct fuse_bufvec): descriptors, from which the
 * kernel is handed the pages themselves, and memory. libfuse frees the vector and the memory, so
 * both are from libc's malloc.
 *
 * <pre>
 *   fuse_bufvec: size_t count @0 | size_t idx @8 | size_t off @16 | fuse_buf[count] @24
 *   fuse_buf:    size_t size @0  | int flags @8  | void *mem @16  | int fd @24 | off_t pos @32
 * </pre>
 */
final class ReplyVector {

    private static final int HEAD = 24;
    private static final int COUNT = 0;

    private static final int BUFFER = 40;
    private static final int SIZE = 0;
    private static final int FLAGS = 8;
    private static final int MEMORY = 16;
    private static final int DESCRIPTOR = 24;
    private static final int POSITION = 32;

    private static final int IS_DESCRIPTOR = 2;
    private static final int SEEK = 4;
    private static final int RETRY = 8;

    private ReplyVector() {}

    /** No bytes: the end of the file. */
    static Pointer empty() {
        return allocate(1);
    }

    static Pointer of(List<Piece> pieces) {
        Pointer vector = allocate(pieces.size());
        long at = HEAD;
        for (Piece piece : pieces) {
            vector.putLong(at + SIZE, piece.length());
            if (piece instanceof Piece.InFile file) {
                vector.putInt(at + FLAGS, IS_DESCRIPTOR | SEEK | RETRY);
                vector.putInt(at + DESCRIPTOR, file.segment().descriptor());
                vector.putLong(at + POSITION, file.fileOffset());
            } else if (piece instanceof Piece.InMemory memory) {
                vector.putPointer(at + MEMORY, copy(memory.bytes()));
            } else if (piece instanceof Piece.InNativeMemory given) {
                vector.putPointer(at + MEMORY, given.memory().give());
            }
            at += BUFFER;
        }
        return vector;
    }

    /** Some of the bytes that a short file consists of. */
    static Pointer of(byte[] content, long offset, int size) {
        int from = (int) Math.min(offset, content.length);
        int length = Math.min(size, content.length - from);
        return length == 0
                ? empty()
                : of(List.of(new Piece.InMemory(ByteBuffer.wrap(content, from, length))));
    }

    /** A vector of memory that libfuse does not free is freed here. */
    static void free(Pointer vector) {
        for (long i = 0; i < vector.getLong(COUNT); i++) {
            LibC.INSTANCE.free(vector.getPointer(HEAD + BUFFER * i + MEMORY));
        }
        LibC.INSTANCE.free(vector);
    }

    private static Pointer allocate(int buffers) {
        long length = HEAD + (long) BUFFER * buffers;
        Pointer vector = LibC.INSTANCE.malloc(length);
        vector.setMemory(0, length, (byte) 0);
        vector.putLong(COUNT, buffers);
        return vector;
    }

    private static Pointer copy(ByteBuffer bytes) {
        Pointer memory = LibC.INSTANCE.malloc(bytes.remaining());
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        memory.put(0, array, 0, array.length);
        return memory;
    }
}
