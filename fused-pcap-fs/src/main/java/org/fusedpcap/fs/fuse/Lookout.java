package org.fusedpcap.fs.fuse;

import java.util.concurrent.TimeUnit;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.linux.LibC;

/**
 * Looks whether a request is there, without taking it. Thread-safe, but meant for one thread at a
 * time.
 *
 * <p>Whether looking out pays is learned: as long as requests come while one looks out, one goes on
 * doing so; when they do not, it is tried more and more rarely, so that an idle or a busy machine
 * is left alone.
 */
final class Lookout {

    /** As long as a process takes to come back with its next small read; and a little. */
    private static final long LONGEST_NS = TimeUnit.MICROSECONDS.toNanos(40);

    /**
     * In vain so often in a row, one pauses; each time for twice as many requests, up to a bound.
     */
    private static final int MOST_PAUSE = 1024;

    // struct pollfd
    private static final int LENGTH = 8;
    private static final int EVENTS = 4;
    private static final short READABLE = 1;

    private final Pointer poll = Memory.allocateDirect(Runtime.getSystemRuntime(), LENGTH);

    // Only a guess depends on these: that several threads may change them at once does no harm.
    private volatile int pause;
    private volatile int skip;

    Lookout(int descriptor) {
        poll.putInt(0, descriptor);
        poll.putShort(EVENTS, READABLE);
    }

    /** Whether a request is there now. */
    boolean isMoreThere() {
        return LibC.INSTANCE.poll(poll, 1, 0) > 0;
    }

    /** Returns when a request is there, or it is not worth while to look out any longer. */
    void await() {
        if (skip > 0) {
            skip--;
            return;
        }
        long until = System.nanoTime() + LONGEST_NS;
        while (System.nanoTime() < until) {
            if (isMoreThere()) {
                pause = 0;
                return;
            }
            Thread.onSpinWait();
        }
        pause = Math.min(MOST_PAUSE, pause * 2 + 1);
        skip = pause;
    }
}
