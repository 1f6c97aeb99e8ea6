package org.fusedpcap.fs.fuse;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the kernel when a handle that somebody polls may be readable. Thread-safe.
 *
 * <p>What wakes a stream must not block, and telling the kernel is a system call: so it is done on
 * a thread of its own. A poll handle is told once and destroyed; the kernel makes another one when
 * it is asked again.
 *
 * <p>Some streams go on because time has passed, which nobody tells: a late writer was waited for
 * long enough, a file was quiet for long enough. So while handles are registered, the thread looks
 * at all of them from time to time, as {@link Waiting} does. {@code looking} says whether the next
 * such look is planned. Who registers a handle does so <em>before</em> planning one where none is;
 * the look withdraws its plan before it asks whether any handle is left. So either of them sees the
 * other, and no handle is without a look. Where none is registered, the thread sleeps.
 */
final class PollNotifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PollNotifier.class);

    private static final long AFTER_WAKE_MS = 20;
    private static final long SAFETY_NET_MS = 1000;

    private record Poll(Pointer handle, Runnable waker) {}

    private final ConcurrentHashMap<StreamHandle, Poll> polls = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ScheduledExecutorService teller =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "poll");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * Has the kernel told when there may be something to read; an earlier poll handle of the file
     * is let go. What is no stream is always readable, and nothing is told of it.
     */
    void register(OpenHandle handle, Pointer pollHandle) {
        if (handle instanceof StreamHandle stream) {
            register(stream, pollHandle);
        } else {
            LibFuse.INSTANCE.fuse_pollhandle_destroy(pollHandle);
        }
    }

    private void register(StreamHandle handle, Pointer pollHandle) {
        Poll poll = new Poll(pollHandle, () -> submit(handle));
        Poll before = polls.put(handle, poll);
        handle.stream().addWaker(poll.waker());
        if (before != null) {
            handle.stream().removeWaker(before.waker());
            LibFuse.INSTANCE.fuse_pollhandle_destroy(before.handle());
        }
        planLook();
        if (!handle.wouldWait()) {
            submit(handle);
        }
    }

    private void planLook() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            try {
                teller.schedule(this::look, SAFETY_NET_MS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopped; nobody is looked after any more", e);
            }
        }
    }

    private void look() {
        try {
            polls.keySet().forEach(this::lookAt);
        } finally {
            looking.set(false);
            if (!polls.isEmpty()) {
                planLook();
            }
        }
    }

    private void lookAt(StreamHandle handle) {
        try {
            tell(handle);
        } catch (RuntimeException bug) {
            // The others must still be told.
            LOG.error("{} cannot be looked after", handle.path(), bug);
        }
    }

    private void submit(StreamHandle handle) {
        try {
            teller.execute(() -> tell(handle));
            // The kernel tells of a writer's close a moment before it is done.
            teller.schedule(() -> tell(handle), AFTER_WAKE_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped; nobody is to be told any more", e);
        }
    }

    private void tell(StreamHandle handle) {
        Poll poll = polls.get(handle);
        if (poll != null && !handle.wouldWait() && polls.remove(handle, poll)) {
            handle.stream().removeWaker(poll.waker());
            LibFuse.INSTANCE.fuse_notify_poll(poll.handle());
            LibFuse.INSTANCE.fuse_pollhandle_destroy(poll.handle());
        }
    }

    /** The handle is closed. */
    void forget(OpenHandle handle) {
        Poll poll = handle instanceof StreamHandle ? polls.remove(handle) : null;
        if (poll != null) {
            ((StreamHandle) handle).stream().removeWaker(poll.waker());
            LibFuse.INSTANCE.fuse_pollhandle_destroy(poll.handle());
        }
    }

    @Override
    public void close() {
        teller.shutdownNow();
    }
}
