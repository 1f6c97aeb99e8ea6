package org.fusedpcap.fs.fuse;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The processes that use one handle: the opener, and whoever has read from it (a child that
 * inherited it, say). Thread-safe.
 */
final class Readers {

    private final Set<Integer> processes = ConcurrentHashMap.newKeySet();
    private volatile int lastThread = -1;

    /**
     * Notes a caller, while its request is being answered.
     *
     * @param thread id of the calling thread
     */
    void add(int thread) {
        // Nearly always the same thread reads again; asking /proc takes as long as a read.
        if (thread != lastThread) {
            processes.add(CallerProcess.processOf(thread));
            lastThread = thread;
        }
    }

    /** Ids of the processes. */
    Set<Integer> processes() {
        return processes;
    }
}
