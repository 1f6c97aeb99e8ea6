package org.fusedpcap.fs.linux;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * A piece of memory from malloc(3), which whoever has it frees or hands on to somebody who will.
 * Not thread-safe.
 */
public final class NativeMemory {

    private static final LibC LIBC = LibC.INSTANCE;

    private final long address;
    private final ByteBuffer buffer;
    private boolean given;

    private NativeMemory(long address, int length) {
        this.address = address;
        this.buffer = MemoryIO.getInstance().newDirectByteBuffer(address, length);
    }

    /** Allocates; the content is whatever it was. */
    public static NativeMemory allocate(int length) {
        Pointer memory = LIBC.malloc(length);
        if (memory == null) {
            throw new OutOfMemoryError("malloc of " + length + " bytes");
        }
        return new NativeMemory(memory.address(), length);
    }

    /** The memory, to be filled. Not to be used any more once it is freed or given away. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Gives it away: the caller sees to it that it is freed by free(3). */
    public Pointer give() {
        given = true;
        return Pointer.wrap(Runtime.getSystemRuntime(), address);
    }

    /** Frees it, unless it was given away. */
    public void free() {
        if (!given) {
            given = true;
            LIBC.free(Pointer.wrap(Runtime.getSystemRuntime(), address));
        }
    }
}
