package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.fusedpcap.fs.linux.CpuLatencyLimit;
import org.fusedpcap.fs.options.IdleProcessors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps idle processors awake while readers catch up. With every small read a reader sleeps until
 * it is answered, and its processor with it; in a virtual machine waking that up takes longer than
 * the read. A reader that waits for packets that are still to come is no reason to stay awake.
 *
 * <p><b>Protocol.</b> Whoever answers reads only notes until when processors are to be awake; one
 * thread asks the kernel for that, and takes it back. That thread says that it rests before it
 * looks at the time a last time and parks, whoever notes a time looks afterwards whether it rests:
 * one of the two sees the other.
 */
final class IdlePolling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IdlePolling.class);

    /**
     * So many reads within {@link #SHORT_NS} are as many as a reader that catches up asks for:
     * 5,000 short ones a second, or 400 MB.
     */
    private static final int MANY = 64;

    private static final long SHORT_NS = TimeUnit.MICROSECONDS.toNanos(12_800);

    /** A long read counts as one for each so many bytes. */
    private static final int BYTES_OF_ONE = 80 * 1024;

    /** So long after the last such reads processors may sleep again. */
    private static final long AWAKE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What is asked of the kernel until it is closed. */
    @FunctionalInterface
    interface Asking {
        AutoCloseable ask() throws IOException;
    }

    private final LongSupplier clock;
    private final Optional<Asking> kernel;
    private final Optional<Thread> thread;

    // Only a guess depends on these two: that several threads may change them at once does no harm.
    private volatile int reads;
    private volatile long since;

    /**
     * Until when processors are to be awake, by the clock; written before {@link #rests} is read.
     */
    private volatile long until;

    private volatile boolean rests;
    private volatile boolean closed;

    /**
     * @param clock like {@link System#nanoTime}
     * @param kernel empty if processors are to do what they do anyway
     */
    IdlePolling(LongSupplier clock, Optional<Asking> kernel) {
        this.clock = clock;
        this.kernel = kernel;
        this.since = clock.getAsLong();
        this.until = since;
        this.thread = kernel.map(asking -> new Thread(() -> run(asking), "idle-polling"));
        thread.ifPresent(
                one -> {
                    one.setDaemon(true);
                    one.start();
                });
    }

    /** As the mount option says. */
    static IdlePolling of(IdleProcessors idle) {
        boolean poll =
                switch (idle) {
                    case POLL -> true;
                    case HALT -> false;
                    case AUTO -> VirtualMachine.isSmallAndHalts();
                };
        Asking asking =
                idle == IdleProcessors.POLL ? IdlePolling::askOrTell : CpuLatencyLimit::zero;
        return new IdlePolling(System::nanoTime, Optional.of(asking).filter(any -> poll));
    }

    private static AutoCloseable askOrTell() throws IOException {
        try {
            return CpuLatencyLimit.zero();
        } catch (IOException e) {
            LOG.warn("idle=poll: processors cannot be kept awake: {}", e.toString());
            throw e;
        }
    }

    /**
     * A read was answered that did not have to wait for packets.
     *
     * @param length bytes that it was given
     */
    void answered(int length) {
        reads += 1 + length / BYTES_OF_ONE;
        if (kernel.isEmpty() || reads < MANY) {
            return;
        }
        reads = 0;
        long now = clock.getAsLong();
        boolean many = now - since <= SHORT_NS;
        since = now;
        if (many) {
            until = now + AWAKE_NS;
            if (rests) {
                thread.ifPresent(LockSupport::unpark);
            }
        }
    }

    private void run(Asking asking) {
        while (!closed) {
            rests = true;
            while (!isWanted() && !closed) {
                LockSupport.park(this);
            }
            rests = false;
            if (!closed && !stayAwake(asking)) {
                return;
            }
        }
    }

    private boolean isWanted() {
        return until - clock.getAsLong() > 0;
    }

    /** Returns when nobody catches up any more; false if the kernel is not to be asked again. */
    private boolean stayAwake(Asking asking) {
        try (AutoCloseable asked = asking.ask()) {
            LOG.debug("idle processors stay awake: {}", asked);
            while (isWanted() && !closed) {
                LockSupport.parkNanos(this, until - clock.getAsLong());
            }
            return true;
        } catch (Exception e) {
            LOG.debug("idle processors sleep as they do by themselves", e);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.ifPresent(LockSupport::unpark);
    }
}
