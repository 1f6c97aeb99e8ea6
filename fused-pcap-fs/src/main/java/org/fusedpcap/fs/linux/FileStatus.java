package org.fusedpcap.fs.linux;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What statx(2) tells of a file.
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

    private static final int TYPE_MASK = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;

    private static final ThreadLocal<StatxCall> CALL = ThreadLocal.withInitial(StatxCall::new);

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
        StatxCall call = CALL.get();
        if (!call.make(directory, name, flags)) {
            throw NativeFile.failure("stat", path);
        }
        FileIdentity identity =
                new FileIdentity(call.device(), call.inode(), call.size(), call.modifiedNs());
        return new FileStatus(identity, call.mode(), call.uid(), call.gid(), call.changedNs());
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
