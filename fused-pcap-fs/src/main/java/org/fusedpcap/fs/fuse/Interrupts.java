package org.fusedpcap.fs.fuse;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The requests that wait, so that an interrupt finds the thread it is for.
 *
 * <p>A waiter registers first, then asks libfuse whether it was interrupted, then parks. The thread
 * that receives the interrupt tells libfuse first, then looks here. So either the waiter sees the
 * interrupt when it asks, or it is found here and woken.
 */
final class Interrupts {

    private final ConcurrentHashMap<Long, Thread> waiting = new ConcurrentHashMap<>();

    void register(long unique) {
        waiting.put(unique, Thread.currentThread());
    }

    void unregister(long unique) {
        waiting.remove(unique);
    }

    void wake(long unique) {
        Thread thread = waiting.get(unique);
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Wakes all, to look again whether they are to go on. */
    void wakeAll() {
        waiting.values().forEach(LockSupport::unpark);
    }

    /** Number of requests that wait. */
    int waiting() {
        return waiting.size();
    }
}
