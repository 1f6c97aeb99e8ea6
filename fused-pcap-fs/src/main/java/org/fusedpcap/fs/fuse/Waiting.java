package org.fusedpcap.fs.fuse;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.fusedpcap.fs.stream.CaptureStream;
import org.fusedpcap.fs.stream.ReadResult;

/**
 * Has a request wait for a stream. A wait ends when there is something, when the caller is
 * interrupted, or when the file system stops. Thread-safe.
 *
 * <p>A waiter adds itself to those that the stream wakes and registers for interrupts, and only
 * then looks and parks: whatever happens after its look unparks it. It looks again from time to
 * time all the same, because a network file system may tell nothing, and the kernel tells of a
 * writer's close a moment before it is done.
 */
final class Waiting {

    private static final long SAFETY_NET_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long AFTER_WAKE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Interrupts interrupts;
    private volatile boolean stopping;

    Waiting(Interrupts interrupts) {
        this.interrupts = interrupts;
    }

    /** Ends all waits, now and later. */
    void stop() {
        stopping = true;
        interrupts.wakeAll();
    }

    /**
     * Waits until an attempt gives a result. The caller must be a callback of libfuse.
     *
     * @param stream whose news may make the attempt succeed
     * @param attempt empty while there is nothing; must not wait itself
     * @throws FuseException EINTR if the caller was interrupted, EIO if the file system stops
     */
    <T> T await(CaptureStream stream, Supplier<Optional<T>> attempt) throws FuseException {
        Optional<T> result = attempt.get();
        return result.isPresent() ? result.get() : park(stream, attempt);
    }

    /**
     * Waits until there is something to read, an end, or a failure. The caller must be a callback
     * of libfuse.
     *
     * @throws FuseException as above
     */
    ReadResult await(StreamHandle handle, long offset, int length) throws FuseException {
        return await(
                handle.stream(),
                () ->
                        Optional.of(handle.read(offset, length))
                                .filter(found -> found != ReadResult.Nothing.NOT_YET));
    }

    /**
     * Repeats a step of something that may take long until it is done. The caller must be a
     * callback of libfuse.
     *
     * @param step whether that was the last one
     * @throws FuseException EINTR if the caller was interrupted, EIO if the file system stops
     */
    void work(BooleanSupplier step) throws FuseException {
        while (!step.getAsBoolean()) {
            SessionThread.current().willWait();
            isInterrupted(SessionThread.current().request());
        }
    }

    private <T> T park(CaptureStream stream, Supplier<Optional<T>> attempt) throws FuseException {
        Request request = SessionThread.current().request();
        if (request == Request.NONE) {
            // libfuse would look for the interrupt of a request that is not there, and crash.
            throw new IllegalStateException("only a request that is being answered can wait");
        }
        SessionThread.current().willWait();
        Thread thread = Thread.currentThread();
        Runnable waker = () -> LockSupport.unpark(thread);
        interrupts.register(request.unique());
        stream.addWaker(waker);
        try {
            long patience = AFTER_WAKE_NS;
            while (true) {
                Optional<T> result = attempt.get();
                if (result.isPresent()) {
                    return result.get();
                }
                boolean interrupted = isInterrupted(request);
                long since = System.nanoTime();
                LockSupport.parkNanos(this, interrupted ? AFTER_WAKE_NS : patience);
                patience = System.nanoTime() - since < patience ? AFTER_WAKE_NS : SAFETY_NET_NS;
            }
        } finally {
            stream.removeWaker(waker);
            interrupts.unregister(request.unique());
        }
    }

    /** Whether there was an interrupt that the caller is to go on waiting after. */
    private boolean isInterrupted(Request request) throws FuseException {
        if (stopping) {
            throw new FuseException(Errno.EIO);
        }
        if (LibFuse.INSTANCE.fuse_interrupted() == 0) {
            return false;
        }
        if (CallerProcess.hasSignal(request.pid())) {
            throw new FuseException(Errno.EINTR);
        }
        return true;
    }
}
