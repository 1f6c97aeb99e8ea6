package org.fusedpcap.fs.linux;

import java.io.IOException;
import java.nio.file.Path;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * What statx(2) tells of a file. Its result is laid out alike on all architectures, unlike
 * stat(2)'s.
 *
 * @param identity which file, its size and time
 * @param mode type and permission bits
 * @param uid owner
 * @param gid group
 * @param changedNs when it was written to, or its mode or owner changed, in nanoseconds since 1970
 */
public record FileStatus(FileIdentity identity, int mode, int uid, int gid, long changedNs) {

    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;

    private static final int LENGTH = 256;
    private static final int UID = 20;
    private static final int GID = 24;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int CHANGED_SECONDS = 96;
    private static final int CHANGED_NANOS = 104;
    private static final int MODIFIED_SECONDS = 112;
    private static final int MODIFIED_NANOS = 120;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;

    private static final int TYPE_MASK = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final ThreadLocal<Pointer> RESULT =
            ThreadLocal.withInitial(
                    () -> Memory.allocateDirect(Runtime.getSystemRuntime(), LENGTH));

    /** The status of an open file. */
    static FileStatus of(NativeFile file) throws IOException {
        return call(file.descriptor(), "", AT_EMPTY_PATH, file.path());
    }

    /**
     * The status of what stands at a path, links followed.
     *
     * @throws java.nio.file.NoSuchFileException if nothing does
     */
    public static FileStatus of(Path path) throws IOException {
        return call(AT_FDCWD, path.toString(), 0, path);
    }

    private static FileStatus call(int directory, String name, int flags, Path path)
            throws IOException {
        Pointer result = RESULT.get();
        if (LibC.INSTANCE.statx(directory, name, flags, STATX_BASIC_STATS, result) != 0) {
            throw NativeFile.failure("stat", path);
        }
        long device =
                (long) result.getInt(DEVICE_MAJOR) << Integer.SIZE
                        | Integer.toUnsignedLong(result.getInt(DEVICE_MINOR));
        long modified = time(result, MODIFIED_SECONDS, MODIFIED_NANOS);
        FileIdentity identity =
                new FileIdentity(device, result.getLong(INODE), result.getLong(SIZE), modified);
        int mode = Short.toUnsignedInt(result.getShort(MODE));
        long changed = time(result, CHANGED_SECONDS, CHANGED_NANOS);
        return new FileStatus(identity, mode, result.getInt(UID), result.getInt(GID), changed);
    }

    private static long time(Pointer result, int seconds, int nanos) {
        return result.getLong(seconds) * NANOS_PER_SECOND + result.getInt(nanos);
    }

    /** Who may read it. */
    public Permissions permissions() {
        return Permissions.of(mode, uid, gid);
    }

    /** Whether it is a regular file. */
    public boolean isRegular() {
        return (mode & TYPE_MASK) == REGULAR;
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return (mode & TYPE_MASK) == DIRECTORY;
    }
}
