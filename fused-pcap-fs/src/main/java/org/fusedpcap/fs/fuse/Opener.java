package org.fusedpcap.fs.fuse;

import org.fusedpcap.fs.linux.User;

/**
 * Who opens a file, and how.
 *
 * @param thread id of the calling thread
 * @param user with whose rights
 * @param nonBlocking whether its reads are not to wait
 */
record Opener(int thread, User user, boolean nonBlocking) {}
