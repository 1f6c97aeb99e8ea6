package org.fusedpcap.fs.fuse;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the session's threads takes the next request: the leader. A request that is answered at
 * once is answered by the leader itself, and the next one is taken by the same thread: no other
 * thread has to be woken, which on a small machine takes longer than the answer. Before it does
 * anything that may take long, the leader hands over.
 *
 * <p><b>Protocol.</b> Who is leader and who follows is changed under this object's monitor, under
 * which nothing waits. A thread is in {@link #followers} exactly while it parks to become leader;
 * who makes it leader takes it out in the same step, so leadership never goes to a thread that is
 * at something else. Who leaves the place empty starts a thread, or stays leader where there is
 * none to be had. So there is always a leader, or a thread that will be. Who was made leader, and
 * replaced before it woke, follows again: a thread that parks and does not follow would never be
 * woken.
 *
 * <p>Should a leader take long unexpectedly (a cold disk), the {@linkplain #watch watch} makes
 * another one. Then two threads may receive for a moment, which does no harm: leadership is about
 * speed, receiving is safe for any number of threads.
 */
final class Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /**
     * How long a leader may be busy before it is replaced: longer than an answer from memory takes.
     */
    private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** After so many looks at a leader who was not busy too long the watch goes to sleep. */
    private static final int QUIET_LOOKS = 50;

    /** Followers above this number end. */
    private static final int MOST_FOLLOWERS = 6;

    private final Runnable starter;
    private final int processors;
    private final Thread watch;

    /** Threads that are at a request, but for those that wait for something meanwhile. */
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    /** Written under the monitor; absent: whoever comes first may be it. */
    private volatile Optional<Thread> leader = Optional.empty();

    /** Guarded by the monitor; the one that followed last is first, its caches are warm. */
    private final ArrayDeque<Thread> followers = new ArrayDeque<>();

    /**
     * When the leader began what it is at, by {@link System#nanoTime}; 0 if it waits for a request.
     */
    private volatile long busySinceNs;

    private volatile boolean watchSleeps = true;

    /** Whether the last try to start a thread failed; said once. */
    private volatile boolean shortOfThreads;

    private volatile boolean closed;

    /**
     * @param starter starts a thread that calls {@link #lead}
     * @param processors how many threads may work at the same time before one waits for another
     */
    Leadership(Runnable starter, int processors) {
        this.starter = starter;
        this.processors = processors;
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
            if (isLeader(self)) {
                return true;
            }
            // Each time: who was made leader, and replaced before it woke, follows no more.
            if (!follow(self)) {
                return false;
            }
            if (!isLeader(self)) {
                LockSupport.park(this);
            }
        }
        return false;
    }

    private boolean isLeader(Thread thread) {
        return leader.filter(one -> one == thread).isPresent();
    }

    /** Becomes leader or a follower; false if there are enough of both. */
    private synchronized boolean follow(Thread self) {
        if (leader.isEmpty()) {
            leader = Optional.of(self);
            return true;
        }
        if (closed || isLeader(self) || followers.contains(self)) {
            return !closed;
        }
        if (followers.size() >= MOST_FOLLOWERS) {
            return false;
        }
        followers.addFirst(self);
        return true;
    }

    /** The leader has taken a request, and answers it itself unless it hands over. */
    void begin() {
        working.add(Thread.currentThread());
        // Who was replaced while it waited for a request does not speak for the new leader.
        if (!isLeader(Thread.currentThread())) {
            return;
        }
        busySinceNs = Math.max(1, System.nanoTime());
        if (watchSleeps) {
            watchSleeps = false;
            LockSupport.unpark(watch);
        }
    }

    /** Whoever is at a request is about to wait for a stream. */
    void waits() {
        working.remove(Thread.currentThread());
    }

    /**
     * Whether there is a processor for one more thread to answer requests at the same time. Where
     * there is none, that thread would only take turns with the others, and with the readers.
     */
    boolean mayBeJoined() {
        return working.size() < processors;
    }

    /** The request is answered. */
    void end() {
        working.remove(Thread.currentThread());
        // Who has handed over meanwhile does not speak for the new leader.
        if (isLeader(Thread.currentThread())) {
            busySinceNs = 0;
        }
    }

    /** Lets another thread take the next request, if the calling one is leader. */
    void handOver() {
        handOver(Thread.currentThread());
    }

    /** The same for a thread that is at something that takes long, or has ended. */
    void handOver(Thread from) {
        Optional<Thread> next;
        synchronized (this) {
            if (!isLeader(from)) {
                return;
            }
            next = Optional.ofNullable(followers.pollFirst());
            leader = next;
            // The new leader waits for a request.
            busySinceNs = 0;
        }
        next.ifPresentOrElse(LockSupport::unpark, () -> startFor(from));
    }

    /**
     * Starts a thread; where the system gives none, the one before stays leader, and the watch
     * tries again, for that one may be about to wait, or to end.
     */
    private void startFor(Thread from) {
        try {
            starter.run();
            shortOfThreads = false;
        } catch (RuntimeException | Error e) {
            if (!shortOfThreads) {
                shortOfThreads = true;
                LOG.error("no thread is to be had to take further requests", e);
            }
            stayLeader(from);
        }
    }

    private void stayLeader(Thread from) {
        synchronized (this) {
            if (leader.isPresent()) {
                return;
            }
            leader = Optional.of(from);
            busySinceNs = Math.max(1, System.nanoTime());
        }
        watchSleeps = false;
        LockSupport.unpark(watch);
    }

    private void watch() {
        int quiet = 0;
        while (!closed) {
            long since = busySinceNs;
            if (since != 0 && System.nanoTime() - since > BUSY_NS) {
                leader.filter(busy -> busySinceNs == since).ifPresent(this::replace);
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

    // What takes so long is not work, but a disk.
    private void replace(Thread busy) {
        working.remove(busy);
        handOver(busy);
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
    synchronized void close() {
        closed = true;
        followers.forEach(LockSupport::unpark);
        LockSupport.unpark(watch);
    }
}
