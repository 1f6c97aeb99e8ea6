package org.fusedpcap.fs.fuse;

import jnr.ffi.Pointer;
import jnr.ffi.Struct;
import ru.serce.jnrfuse.struct.FuseFileInfo;

/**
 * struct fuse_file_info of libfuse 2.9 as it really lies in memory; jnr-fuse leaves a member out,
 * so that its bits miss.
 *
 * <pre>
 *   int flags @0 | ulong fh_old @8 | int writepage @16 | bits @20 | uint64 fh @24 | uint64 lock_owner @32
 * </pre>
 */
final class FileInfo {

    private static final int FLAGS = 0;
    private static final int BITS = 20;
    private static final int HANDLE = 24;

    private static final int DIRECT_IO = 1;
    private static final int KEEP_CACHE = 2;

    private static final int ACCESS_MODE = 3;
    private static final int O_NONBLOCK = 04000;

    private final Pointer memory;

    FileInfo(FuseFileInfo info) {
        this.memory = Struct.getMemory(info);
    }

    /** Number of the open handle. */
    long handle() {
        return memory.getLong(HANDLE);
    }

    void setHandle(long handle) {
        memory.putLong(HANDLE, handle);
    }

    /** How the kernel is to cache what this handle reads. */
    void setCaching(Caching caching) {
        int bits =
                switch (caching) {
                    case NONE -> DIRECT_IO;
                    case FRESH, GROWING -> 0;
                    case KEPT -> KEEP_CACHE;
                };
        memory.putByte(BITS, (byte) bits);
    }

    /** Whether the handle is to be written to. */
    boolean isForWriting() {
        return (memory.getInt(FLAGS) & ACCESS_MODE) != 0;
    }

    /** Whether a read must not wait: the handle's flags as they are now, also after fcntl(2). */
    boolean isNonBlocking() {
        return (memory.getInt(FLAGS) & O_NONBLOCK) != 0;
    }
}
