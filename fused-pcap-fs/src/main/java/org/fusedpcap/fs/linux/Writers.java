package org.fusedpcap.fs.linux;

import jnr.constants.platform.Errno;

/** Whether a file is being written. */
public enum Writers {
    /** No process on this machine has it open for writing. */
    NONE,
    /** Some process has. */
    SOME,
    /** The kernel does not tell: another user's file, or a file system without leases. */
    UNKNOWN;

    /**
     * What it means that a read lease was refused. EAGAIN says that somebody writes, but not where
     * the kernel has leases only as long as a server lends it the file: NFS answers so without a
     * delegation, SMB without an oplock.
     *
     * @param errno of fcntl(2)
     * @param type of the file system, as statfs(2) tells it
     */
    static Writers ofRefusal(int errno, int type) {
        boolean somebody =
                errno == Errno.EAGAIN.intValue() && FileSystemType.countsWritersHere(type);
        return somebody ? SOME : UNKNOWN;
    }
}
