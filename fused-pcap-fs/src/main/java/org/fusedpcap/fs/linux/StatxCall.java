package org.fusedpcap.fs.linux;

import com.kenai.jffi.MemoryIO;
import java.nio.charset.Charset;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * A call of statx(2) and its result, which is laid out alike on all architectures, unlike that of
 * stat(2). It is made for each file of a range of tens of thousands: so it has its memory for good,
 * and reads and writes there what a binding would wrap first. Not thread-safe.
 */
final class StatxCall {

    private static final MemoryIO MEMORY = MemoryIO.getInstance();

    private static final int BASIC_STATS = 0x7ff;

    /** With the zero at its end. */
    private static final int PATH_MAX = 4096;

    private static final int RESULT_LENGTH = 256;

    // struct statx in linux/stat.h
    private static final int UID = 20;
    private static final int GID = 24;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int CHANGED = 96;
    private static final int MODIFIED = 112;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;

    // struct statx_timestamp
    private static final int NANOS = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The result, and the path behind it; freed with this. */
    private final Pointer memory =
            Memory.allocateDirect(Runtime.getSystemRuntime(), RESULT_LENGTH + PATH_MAX);

    private final long result = memory.address();
    private final long path = result + RESULT_LENGTH;

    /**
     * Makes the call.
     *
     * @return whether it told something; if not, {@code errno} says why
     */
    boolean make(int directory, String name, int flags) {
        byte[] bytes = name.getBytes(Charset.defaultCharset());
        // The kernel refuses what does not end within its limit, whatever lies behind.
        int length = Math.min(bytes.length, PATH_MAX);
        MEMORY.putByteArray(path, bytes, 0, length);
        if (length < PATH_MAX) {
            MEMORY.putByte(path + length, (byte) 0);
        }
        return LibC.INSTANCE.statx(directory, path, flags, BASIC_STATS, result) == 0;
    }

    long device() {
        return (long) MEMORY.getInt(result + DEVICE_MAJOR) << Integer.SIZE
                | Integer.toUnsignedLong(MEMORY.getInt(result + DEVICE_MINOR));
    }

    long inode() {
        return MEMORY.getLong(result + INODE);
    }

    /** Length in bytes. */
    long size() {
        return MEMORY.getLong(result + SIZE);
    }

    /** Type and permission bits. */
    int mode() {
        return Short.toUnsignedInt(MEMORY.getShort(result + MODE));
    }

    int uid() {
        return MEMORY.getInt(result + UID);
    }

    int gid() {
        return MEMORY.getInt(result + GID);
    }

    /** When its content changed, in nanoseconds since 1970. */
    long modifiedNs() {
        return time(MODIFIED);
    }

    /** When anything of it changed, in nanoseconds since 1970. */
    long changedNs() {
        return time(CHANGED);
    }

    private long time(int stamp) {
        return MEMORY.getLong(result + stamp) * NANOS_PER_SECOND
                + MEMORY.getInt(result + stamp + NANOS);
    }
}
