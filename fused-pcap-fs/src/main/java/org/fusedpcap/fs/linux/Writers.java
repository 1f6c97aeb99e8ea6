package org.fusedpcap.fs.linux;

/** Whether a file is being written. */
public enum Writers {
    /** No process on this machine has it open for writing. */
    NONE,
    /** Some process has. */
    SOME,
    /** The kernel does not tell: another user's file, or a file system without leases. */
    UNKNOWN
}
