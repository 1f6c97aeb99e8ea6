package org.fusedpcap.fs.fuse;

import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that answers requests; knows the request it is at, and what is to be done once it is
 * answered.
 */
final class SessionThread extends Thread {

    private static final Logger LOG = LoggerFactory.getLogger(SessionThread.class);

    /** Callbacks from libfuse go a few frames deep, no further. */
    private static final long STACK_BYTES = 512 * 1024;

    private final Leadership leadership;
    private final Pointer channel;
    private final Lookout lookout;
    private Request request = Request.NONE;
    private boolean waited;
    private int given;
    private final List<Runnable> afterReply = new ArrayList<>(2);

    SessionThread(
            ThreadGroup group,
            Runnable task,
            String name,
            Leadership leadership,
            Pointer channel,
            Lookout lookout) {
        super(group, task, name, STACK_BYTES);
        this.leadership = leadership;
        this.channel = channel;
        this.lookout = lookout;
        setDaemon(true);
    }

    /** The thread that runs the caller, which must be a callback of libfuse. */
    static SessionThread current() {
        return (SessionThread) Thread.currentThread();
    }

    Request request() {
        return request;
    }

    /** The way to the kernel, for what it has not asked for. */
    Pointer channel() {
        return channel;
    }

    /**
     * The calling thread, if it is one of ours, is about to do something that takes longer than
     * most answers: others take the next requests, if there are any.
     */
    static void mayTakeLong() {
        if (Thread.currentThread() instanceof SessionThread self && self.lookout.isMoreThere()) {
            self.leadership.handOver();
        }
    }

    /**
     * The calling thread, if it is one of ours, is about to do something that takes a processor for
     * longer than it takes to wake another thread: that takes the next requests, if there are any
     * and a processor is left for it.
     */
    static void mayWorkLong() {
        if (Thread.currentThread() instanceof SessionThread self && self.leadership.mayBeJoined()) {
            mayTakeLong();
        }
    }

    /** The thread is about to wait: others take the next requests. */
    void willWait() {
        waited = true;
        leadership.waits();
        leadership.handOver();
    }

    /** The answer to the request at hand has so many bytes of a stream. */
    void give(int bytes) {
        given = bytes;
    }

    /** Bytes of a stream in the answer to the request at hand. */
    int given() {
        return given;
    }

    /** Whether it has waited, or was about to, since the request at hand began. */
    boolean hasWaited() {
        return waited;
    }

    void begin(Request next) {
        waited = false;
        given = 0;
        request = next;
    }

    /**
     * Has something done after the reply has gone out: a descriptor in it must stay open until
     * libfuse has used it, which is after the callback has returned.
     */
    void afterReply(Runnable task) {
        afterReply.add(task);
    }

    void replied() {
        afterReply.forEach(SessionThread::runSafely);
        afterReply.clear();
        request = Request.NONE;
    }

    // Others of them let go of descriptors, and the thread has requests to answer.
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("something failed behind an answer", e);
        }
    }
}
