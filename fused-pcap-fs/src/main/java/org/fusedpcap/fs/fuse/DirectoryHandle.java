package org.fusedpcap.fs.fuse;

/**
 * A directory that a process lists.
 *
 * @param path the path that it was opened by
 * @param attributes what fstat(2) tells of it
 */
record DirectoryHandle(String path, Attributes attributes) implements OpenHandle {

    @Override
    public void close() {
        // Nothing is held.
    }
}
