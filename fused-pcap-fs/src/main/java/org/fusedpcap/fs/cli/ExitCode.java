package org.fusedpcap.fs.cli;

/**
 * How a command ended, in the numbers of mount(8), so that {@code mount -t pcap}, {@code
 * /etc/fstab} and scripts can tell. The launchers in the root folder use the same numbers.
 */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;

    /** Wrong arguments or options; nothing was tried. */
    public static final int USAGE = 1;

    /** The machine lacks something: Java, libfuse, /dev/fuse, a writable place. */
    public static final int SYSTEM = 2;

    /** A fault of the program itself. */
    public static final int INTERNAL = 4;

    /** Ended by the user before it was done. */
    public static final int INTERRUPTED = 8;

    /** The mount or unmount failed, or what was named is not there. */
    public static final int MOUNT_FAILED = 32;

    private ExitCode() {}
}
