package org.fusedpcap.fs.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Set;

/**
 * Tells file systems that only this kernel changes from those where others do: network and cluster
 * file systems, the folders of a virtual machine's host, FUSE, and overlays, whose lower layers may
 * be written to. inotify tells there what this kernel does, and nothing else.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/statfs.2.html">statfs(2)</a>
 */
final class FileSystemType {

    private static final int STATFS_LENGTH = 256;

    private static final Set<Integer> SHARED =
            Set.of(
                    0x6969, // NFS
                    0x517b, // SMB
                    0xff534d42, // CIFS
                    0xfe534d42, // SMB2
                    0x65735546, // FUSE
                    0x01021997, // 9p
                    0x794c7630, // overlay
                    0x61756673, // aufs
                    0xf15f, // eCryptfs
                    0x73757245, // Coda
                    0x5346414f, // AFS
                    0x6b414653, // kAFS
                    0x00c36400, // Ceph
                    0x01161970, // GFS2
                    0x7461636f, // OCFS2
                    0x0bd00bd0, // Lustre
                    0x47504653, // GPFS
                    0x19830326, // BeeGFS
                    0x20030528, // OrangeFS
                    0x786f4256, // VirtualBox
                    0x7c7c6673, // Parallels
                    0xbacbacbc); // VMware

    /** Those of them for whose leases the kernel counts the writers itself, as for local ones. */
    private static final Set<Integer> COUNTED =
            Set.of(
                    0x65735546, // FUSE
                    0x794c7630); // overlay

    /** What nobody can say anything of; no file system has it. */
    private static final int UNKNOWN = 0;

    private FileSystemType() {}

    /**
     * Whether files in a directory can change without this kernel knowing; unknown counts as yes.
     */
    static boolean mayChangeUnseen(InotifyLibC libc, Path directory) {
        ByteBuffer result = result();
        return libc.statfs(directory.toString(), result) != 0 || isShared(type(result));
    }

    /** The type of the file system that an open file is on. */
    static int of(int descriptor) {
        ByteBuffer result = result();
        return LibC.INSTANCE.fstatfs(descriptor, result) == 0 ? type(result) : UNKNOWN;
    }

    static boolean isShared(int type) {
        return SHARED.contains(type);
    }

    /**
     * Whether a lease is refused only because a process of this machine has the file open; unknown
     * counts as no.
     */
    static boolean countsWritersHere(int type) {
        return type != UNKNOWN && (!isShared(type) || COUNTED.contains(type));
    }

    private static ByteBuffer result() {
        return ByteBuffer.allocateDirect(STATFS_LENGTH).order(ByteOrder.nativeOrder());
    }

    // f_type comes first; the magic numbers fit into its lower half on every architecture.
    private static int type(ByteBuffer result) {
        boolean wide = System.getProperty("os.arch", "").contains("64");
        return wide ? (int) result.getLong(0) : result.getInt(0);
    }
}
