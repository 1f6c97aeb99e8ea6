package org.fusedpcap.fs.fuse;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Which of the session's threads takes the next request: the leader. A request that is answered at
 * once is answered by the leader itself, and the next one is taken by the same thread: no other
 * thread has to be woken, which on a small machine takes longer than the answer. Before it does
 * anything that may take long, the leader hands over.
 *
 * <p><b>Protocol.</b> {@link #leader} names the leader; nobody is {@code null}. A thread becomes
 * leader by a compare-and-set from {@code null}, or is made leader by the one before, who takes it
 * from {@link #followers}, stores it and unparks it. A follower is in {@link #followers} before it
 * looks at {@link #leader} for the last time before it parks; who leaves the place empty starts a
 * thread. So there is always a thread that is leader or will be.
 *
 * <p>Should a leader take long unexpectedly (a cold disk), the {@linkplain #watch watch} makes
 * another one. Then two threads may receive for a moment, which does no harm: leadership is about
 * speed, receiving is safe for any number of threads.
 */
final class Leadership {

    /**
     * How long a leader may be busy before it is replaced: longer than an answer from memory takes.
     */
    private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** After so many looks at a leader who was not busy too long the watch goes to sleep. */
    private static final int QUIET_LOOKS = 50;

    /** Followers above this number end. */
    private static final int MOST_FOLLOWERS = 6;

    private final Runnable starter;
    private final AtomicReference<Thread> leader = new AtomicReference<>();
    private final ConcurrentLinkedDeque<Thread> followers = new ConcurrentLinkedDeque<>();
    private final Thread watch;

    /**
     * When the leader began what it is at, by {@link System#nanoTime}; 0 if it waits for a request.
     */
    private volatile long busySinceNs;

    private volatile boolean watchSleeps = true;
    private volatile boolean closed;

    /**
     * @param starter starts a thread that calls {@link #lead}
     */
    Leadership(Runnable starter) {
        this.starter = starter;
        this.watch = new Thread(this::watch, "fuse-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /**
     * Returns when the calling thread is leader.
     *
     * @return false if it is not needed and should end
     */
    boolean lead() {
        Thread self = Thread.currentThread();
        while (!closed) {
            if (leader.get() == self || leader.compareAndSet(null, self)) {
                return true;
            }
            if (followers.size() >= MOST_FOLLOWERS) {
                return false;
            }
            follow(self);
        }
        return false;
    }

    private void follow(Thread self) {
        followers.addFirst(self);
        while (leader.get() != self && !closed) {
            if (leader.compareAndSet(null, self)) {
                followers.remove(self);
                return;
            }
            LockSupport.park(this);
        }
    }

    /** The leader has taken a request, and answers it itself unless it hands over. */
    void begin() {
        busySinceNs = Math.max(1, System.nanoTime());
        if (watchSleeps) {
            watchSleeps = false;
            LockSupport.unpark(watch);
        }
    }

    /** The request is answered. */
    void end() {
        // Who has handed over meanwhile does not speak for the new leader.
        if (leader.get() == Thread.currentThread()) {
            busySinceNs = 0;
        }
    }

    /** Lets another thread take the next request, if the calling one is leader. */
    void handOver() {
        handOver(Thread.currentThread());
    }

    private void handOver(Thread from) {
        Thread next = followers.pollFirst();
        if (leader.compareAndSet(from, next)) {
            // The new leader waits for a request.
            busySinceNs = 0;
            if (next == null) {
                starter.run();
            } else {
                LockSupport.unpark(next);
            }
        } else if (next != null) {
            // Somebody else has done so already; the follower goes on following.
            followers.addFirst(next);
            LockSupport.unpark(next);
        }
    }

    private void watch() {
        int quiet = 0;
        while (!closed) {
            long since = busySinceNs;
            if (since != 0 && System.nanoTime() - since > BUSY_NS) {
                Thread busy = leader.get();
                if (busy != null && busySinceNs == since) {
                    handOver(busy);
                }
                quiet = 0;
            } else if (since != 0) {
                quiet = 0;
            } else {
                quiet++;
            }
            if (quiet > QUIET_LOOKS) {
                quiet = 0;
                sleep();
            } else {
                LockSupport.parkNanos(this, BUSY_NS);
            }
        }
    }

    private void sleep() {
        watchSleeps = true;
        // A leader that began before it saw this is seen here.
        while (watchSleeps && busySinceNs == 0 && !closed) {
            LockSupport.park(this);
        }
        watchSleeps = false;
    }

    /** Wakes all who follow, to end. */
    void close() {
        closed = true;
        followers.forEach(LockSupport::unpark);
        LockSupport.unpark(watch);
    }
}
