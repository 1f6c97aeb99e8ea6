package org.fusedpcap.fs.fuse;

import org.fusedpcap.fs.linux.FileStatus;

/**
 * What stat(2) tells of a name under the mount point.
 *
 * @param mode type and permission bits
 * @param uid owner
 * @param gid group
 * @param size in bytes
 * @param modifiedNs time of last change, in nanoseconds since 1970
 */
record Attributes(int mode, int uid, int gid, long size, long modifiedNs) {

    /** What tools are told to read at a time; the C library takes up to 8 KiB of it. */
    static final int BLOCK_SIZE = 128 * 1024;

    static final int DIRECTORY = 0040000;
    static final int REGULAR = 0100000;
    static final int LINK = 0120000;

    private static final int ROOT = 0;
    private static final int OWNER_WRITES = 0700;
    private static final int TYPE = 0170000;
    private static final int PERMISSIONS = 07777;
    private static final int NO_WRITING = 07555;
    private static final int EVERYBODY = 0777;
    private static final int CONTROL = 0644;
    private static final int CONTROL_READ_ONLY = 0444;
    private static final int NO_EXECUTING = 07666;

    /**
     * A directory. Whoever mounted creates ends in it: an ordinary user must own it for that, root
     * need not.
     *
     * @param mounter status of something that belongs to whoever mounted
     */
    static Attributes directory(FileStatus source, FileStatus mounter) {
        int mode = DIRECTORY | source.mode() & PERMISSIONS & NO_WRITING;
        return mounter.uid() == ROOT
                ? mirrored(source, mode, 0)
                : new Attributes(
                        mode | OWNER_WRITES,
                        mounter.uid(),
                        mounter.gid(),
                        0,
                        source.identity().modifiedNs());
    }

    static Attributes capture(FileStatus source, long size) {
        return mirrored(
                source, REGULAR | source.mode() & PERMISSIONS & NO_WRITING & NO_EXECUTING, size);
    }

    static Attributes link(FileStatus source) {
        return mirrored(source, LINK | EVERYBODY, 0);
    }

    static Attributes control(FileStatus owner, boolean writable, long modifiedNs) {
        // Size 0, as in /proc: what is in it is known when it is opened.
        return new Attributes(
                REGULAR | (writable ? CONTROL : CONTROL_READ_ONLY),
                owner.uid(),
                owner.gid(),
                0,
                modifiedNs);
    }

    private static Attributes mirrored(FileStatus source, int mode, long size) {
        return new Attributes(
                mode, source.uid(), source.gid(), size, source.identity().modifiedNs());
    }

    /** The same with another size. */
    Attributes withSize(long bytes) {
        return new Attributes(mode, uid, gid, bytes, modifiedNs);
    }

    boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }
}
