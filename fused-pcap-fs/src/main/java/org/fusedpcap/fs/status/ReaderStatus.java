package org.fusedpcap.fs.status;

/**
 * A process that has a stream open or has read from it.
 *
 * @param pid its id; 0 if it cannot be seen from where the daemon runs
 * @param name its name, of at most 15 bytes; {@code gone} if it is not there any more
 */
public record ReaderStatus(int pid, String name) {}
