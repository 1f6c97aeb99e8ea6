package org.fusedpcap.fs.fuse;

/**
 * Who opens a file, and how.
 *
 * @param thread id of the calling thread
 * @param nonBlocking whether its reads are not to wait
 */
record Opener(int thread, boolean nonBlocking) {}
