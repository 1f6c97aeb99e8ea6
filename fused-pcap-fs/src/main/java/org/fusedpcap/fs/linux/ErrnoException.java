package org.fusedpcap.fs.linux;

import java.io.IOException;
import jnr.constants.platform.Errno;

/** A system call failed. */
public final class ErrnoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * @param what the call and what it was about, for example {@code open /storage/eth0.pcap.1}
     * @param errno the number that the kernel gave, positive
     */
    public ErrnoException(String what, int errno) {
        super(what + ": " + describe(errno));
        this.errno = errno;
    }

    /** The kernel's error number, positive. */
    public int errno() {
        return errno;
    }

    private static String describe(int errno) {
        Errno known = Errno.valueOf(errno);
        return known == Errno.__UNKNOWN_CONSTANT__ ? "errno " + errno : known.description();
    }
}
