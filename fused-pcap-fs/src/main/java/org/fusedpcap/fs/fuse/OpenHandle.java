package org.fusedpcap.fs.fuse;

import java.io.IOException;

/** What stands behind a file descriptor of a process. Thread-safe. */
sealed interface OpenHandle permits StreamHandle, ControlHandle, DirectoryHandle {

    /** The path that it was opened by. */
    String path();

    /** What fstat(2) tells of it, also when its name is gone. */
    Attributes attributes() throws IOException;

    /** The descriptor, and all its duplicates, are closed. */
    void close();
}
