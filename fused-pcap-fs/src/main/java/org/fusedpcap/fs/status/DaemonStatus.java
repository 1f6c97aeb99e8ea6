package org.fusedpcap.fs.status;

/**
 * What the daemon uses.
 *
 * @param pid its process id
 * @param threads number of threads
 * @param descriptors number of open descriptors
 * @param cpuMs processor time used, in milliseconds
 * @param residentBytes memory that it has of the machine
 * @param heapUsed bytes of heap in use
 * @param heapMost bytes of heap that it may use
 * @param blockBytes bytes of blocks that clusters use
 * @param idleBlockBytes bytes of blocks kept for the next cluster
 * @param segments number of capture files open
 * @param notified number of directories that the kernel tells of
 * @param polled number of directories that are looked at, because the kernel does not tell all
 */
public record DaemonStatus(
        long pid,
        long threads,
        long descriptors,
        long cpuMs,
        long residentBytes,
        long heapUsed,
        long heapMost,
        long blockBytes,
        long idleBlockBytes,
        int segments,
        int notified,
        int polled) {}
