package org.fusedpcap.fs.fuse;

/** A request is answered with an error. */
final class FuseException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Errno errno;

    FuseException(Errno errno) {
        // Neither a trace nor a message: the caller of a system call gets a number.
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
