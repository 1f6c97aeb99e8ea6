package org.fusedpcap.fs.linux;

import jnr.constants.platform.Fcntl;
import jnr.constants.platform.OpenFlags;

/** Descriptors of which a read does not wait. Thread-safe. */
public final class NonBlocking {

    private static final LibC LIBC = LibC.INSTANCE;

    private NonBlocking() {}

    /**
     * From now on a read that would wait fails with {@code EAGAIN}; see {@code fcntl(2)}. If that
     * cannot be had, reads go on waiting.
     */
    public static void set(int descriptor) {
        int flags = LIBC.fcntl(descriptor, Fcntl.F_GETFL.intValue(), 0);
        if (flags >= 0) {
            LIBC.fcntl(
                    descriptor, Fcntl.F_SETFL.intValue(), flags | OpenFlags.O_NONBLOCK.intValue());
        }
    }
}
