package org.fusedpcap.fs.fuse;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the kernel when a handle that somebody polls may be readable. Thread-safe.
 *
 * <p>What wakes a stream must not block, and telling the kernel is a system call: so it is done on
 * a thread of its own. A poll handle is told once and destroyed; the kernel makes another one when
 * it is asked again.
 */
final class PollNotifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PollNotifier.class);

    private static final long LOOK_AGAIN_MS = 20;

    private record Poll(Pointer handle, Runnable waker) {}

    private final ConcurrentHashMap<StreamHandle, Poll> polls = new ConcurrentHashMap<>();
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
        if (!handle.wouldWait()) {
            submit(handle);
        }
    }

    private void submit(StreamHandle handle) {
        try {
            teller.execute(() -> tell(handle));
            // The kernel tells of a writer's close a moment before it is done.
            teller.schedule(() -> tell(handle), LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
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
