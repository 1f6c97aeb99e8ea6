package org.fusedpcap.fs.fuse;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.linux.LibC;

/**
 * Takes requests as they come. Thread-safe, but meant for one thread at a time.
 *
 * <p>Readers that come back at once are common, and going to sleep and being woken takes longer
 * than a small read does: so who takes requests looks for a moment before it sleeps. Whether that
 * pays is learned: as long as requests come while one looks, one goes on doing so; when they do
 * not, it is tried more and more rarely, so that an idle or a busy machine is left alone.
 */
final class Lookout {

    /** Said by an attempt to take a request that is not there: {@code -EAGAIN}. */
    static final int NOTHING = -11;

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

    private static final int AT_ONCE = 0;
    private static final int FOR_EVER = -1;

    private final Pointer poll = Memory.allocateDirect(Runtime.getSystemRuntime(), LENGTH);

    // Only a guess depends on these: that several threads may change them at once does no harm.
    private volatile int pause;
    private volatile int skip;

    /**
     * @param descriptor that requests come from; its reads do not wait
     */
    Lookout(int descriptor) {
        poll.putInt(0, descriptor);
        poll.putShort(EVENTS, READABLE);
    }

    /** Whether a request is there now. */
    boolean isMoreThere() {
        return LibC.INSTANCE.poll(poll, 1, AT_ONCE) > 0;
    }

    /**
     * Takes the next request, for which it waits.
     *
     * @param attempt takes a request, or says {@link #NOTHING}; never waits. To take one at a
     *     venture saves looking for it first, which is a system call for each.
     * @return what the attempt has said
     */
    int take(IntSupplier attempt) {
        int taken = skip > 0 ? takeNow(attempt) : takeSoon(attempt);
        while (taken == NOTHING) {
            LibC.INSTANCE.poll(poll, 1, FOR_EVER);
            taken = attempt.getAsInt();
        }
        return taken;
    }

    private int takeNow(IntSupplier attempt) {
        skip--;
        return attempt.getAsInt();
    }

    private int takeSoon(IntSupplier attempt) {
        int taken = attempt.getAsInt();
        long until = taken == NOTHING ? System.nanoTime() + LONGEST_NS : 0;
        while (taken == NOTHING && System.nanoTime() < until) {
            Thread.onSpinWait();
            taken = attempt.getAsInt();
        }
        pause = taken == NOTHING ? Math.min(MOST_PAUSE, pause * 2 + 1) : 0;
        skip = pause;
        return taken;
    }
}
