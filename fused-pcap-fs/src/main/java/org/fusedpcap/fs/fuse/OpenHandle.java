package org.fusedpcap.fs.fuse;

/** What stands behind a file descriptor of a process. Thread-safe. */
sealed interface OpenHandle permits StreamHandle, ControlHandle {

    /** The descriptor, and all its duplicates, are closed. */
    void close();
}
