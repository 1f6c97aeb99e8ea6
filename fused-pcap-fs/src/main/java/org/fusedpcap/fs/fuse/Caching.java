package org.fusedpcap.fs.fuse;

/** What the kernel's page cache does for an open file. */
enum Caching {
    /** Nothing: each read(2) comes here. */
    NONE,
    /** Pages are cached; what was cached of an earlier open is dropped. */
    FRESH,
    /** Pages are cached, those of an earlier open too: nothing has changed since. */
    KEPT,
    /** As {@link #FRESH}; the size that is told is what is there, and grows. */
    GROWING
}
