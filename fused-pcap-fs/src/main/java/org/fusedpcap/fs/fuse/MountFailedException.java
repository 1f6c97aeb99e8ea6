package org.fusedpcap.fs.fuse;

/** The file system could not be mounted. */
public final class MountFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    MountFailedException(String message) {
        super(message);
    }
}
