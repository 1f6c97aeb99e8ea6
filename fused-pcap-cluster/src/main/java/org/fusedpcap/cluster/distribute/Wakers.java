package org.fusedpcap.cluster.distribute;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Those who want to be told, once, when a member's read may have something new to say.
 *
 * <p>No wake-up is missed: a waiter registers and looks again before it parks; whoever has news
 * makes it visible and then calls {@link #wake}. Between the two halves of either side stands a
 * full fence, so that at least one of them sees the other: the waiter the news, or the bringer of
 * news the waiter.
 */
final class Wakers {

    /** Guarded by this object's monitor, which is held while nothing else is taken. */
    private final Set<Runnable> waiting = new LinkedHashSet<>();

    private volatile boolean any;

    /** Registers for the next {@link #wake}; once is enough. */
    void register(Runnable waker) {
        synchronized (waiting) {
            waiting.add(waker);
            any = true;
        }
        VarHandle.fullFence();
    }

    /** Forgets a waker that no longer waits. */
    void forget(Runnable waker) {
        synchronized (waiting) {
            waiting.remove(waker);
            any = !waiting.isEmpty();
        }
    }

    /** Calls everybody who is registered and forgets them. News must be fenced off before. */
    void wake() {
        if (any) {
            takeAll().forEach(Runnable::run);
        }
    }

    private List<Runnable> takeAll() {
        synchronized (waiting) {
            List<Runnable> all = new ArrayList<>(waiting);
            waiting.clear();
            any = false;
            return all;
        }
    }
}
