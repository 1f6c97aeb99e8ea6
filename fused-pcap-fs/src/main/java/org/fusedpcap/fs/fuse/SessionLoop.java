package org.fusedpcap.fs.fuse;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.linux.LibC;
import org.fusedpcap.fs.linux.NonBlocking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests from the kernel and has libfuse answer them, on Java threads.
 *
 * <p>libfuse's own loop makes native threads as it likes; a callback on a thread that the JVM does
 * not know costs more than the request itself. Here the threads are the JVM's, and one of them, the
 * {@linkplain Leadership leader}, takes requests. It hands over before it waits for a stream, and,
 * when more requests are there already, before one that takes longer than waking a thread, if there
 * is a processor for that; so blocked readers never keep others out, and small reads, however many
 * readers there are, are answered by one thread without waking any other.
 *
 * <p>Before it sleeps the leader {@linkplain Lookout looks out} for a moment.
 */
final class SessionLoop {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);

    private static final LibFuse FUSE = LibFuse.INSTANCE;

    // struct fuse_buf
    private static final int BUFFER_LENGTH = 40;
    private static final int BUFFER_SIZE = 0;
    private static final int BUFFER_FLAGS = 8;
    private static final int BUFFER_MEMORY = 16;

    private static final int EINTR = 4;

    private final Pointer session;
    private final Pointer channel;
    private final long bufferLength;
    private final Interrupts interrupts;
    private final Runnable whenReady;
    private final Runnable whenOver;
    private final IdlePolling polling;
    private final ThreadGroup group = new ThreadGroup("fuse");
    private final AtomicInteger started = new AtomicInteger();
    private final Leadership leadership = new Leadership(this::startThread, processors());
    private final Lookout lookout;
    private final QuickReads quickReads;

    /** Guarded by this. */
    private int running;

    /**
     * @param quickReads makes what answers short reads, from the descriptor for that
     * @param whenReady is called once the kernel and libfuse have agreed on how they talk, before
     *     the first request
     * @param whenOver is called when no request can come any more, perhaps several times: who waits
     *     for a stream then waits for nobody
     * @param polling is told of reads that did not wait
     */
    SessionLoop(
            Pointer fuse,
            Interrupts interrupts,
            IntFunction<QuickReads> quickReads,
            Runnable whenReady,
            Runnable whenOver,
            IdlePolling polling) {
        this.polling = polling;
        this.whenReady = whenReady;
        this.whenOver = whenOver;
        this.session = FUSE.fuse_get_session(fuse);
        this.channel = FUSE.fuse_session_next_chan(session, null);
        this.bufferLength = FUSE.fuse_chan_bufsize(channel);
        int device = FUSE.fuse_chan_fd(channel);
        NonBlocking.set(device);
        this.lookout = new Lookout(device);
        this.quickReads = quickReads.apply(device);
        this.interrupts = interrupts;
    }

    /**
     * Serves until the file system is unmounted or {@link #stop} was called and the last request is
     * answered.
     */
    void run() throws InterruptedException {
        startThread();
        synchronized (this) {
            while (running > 0) {
                wait();
            }
        }
    }

    /**
     * Has every thread end after the request it is at. Threads that wait for one end with the
     * mount.
     */
    void stop() {
        FUSE.fuse_session_exit(session);
    }

    /** Number of threads there are. */
    synchronized int threads() {
        return running;
    }

    /** One is left to readers, if there are several. */
    private static int processors() {
        return Math.max(1, java.lang.Runtime.getRuntime().availableProcessors() - 1);
    }

    private void startThread() {
        synchronized (this) {
            running++;
        }
        boolean begun = false;
        try {
            new SessionThread(
                            group,
                            this::serve,
                            "fuse-" + started.incrementAndGet(),
                            leadership,
                            channel,
                            lookout)
                    .start();
            begun = true;
        } finally {
            if (!begun) {
                ended();
            }
        }
    }

    private synchronized void ended() {
        running--;
        notifyAll();
    }

    private void serve() {
        Pointer memory = LibC.INSTANCE.malloc(bufferLength);
        QuickReads.Answer quickAnswer = new QuickReads.Answer();
        try {
            serve(SessionThread.current(), memory, quickAnswer);
        } catch (RuntimeException | Error e) {
            LOG.error("a thread that answers requests failed", e);
            // It will not take another one.
            leadership.handOver();
        } finally {
            LibC.INSTANCE.free(memory);
            quickAnswer.free();
            ended();
        }
    }

    private void serve(SessionThread thread, Pointer memory, QuickReads.Answer quickAnswer) {
        Pointer buffer = Memory.allocateDirect(Runtime.getSystemRuntime(), BUFFER_LENGTH);
        Pointer channelReference = Memory.allocateDirect(Runtime.getSystemRuntime(), Long.BYTES);
        while (leadership.lead()) {
            if (lookout.take(() -> receive(buffer, memory, channelReference)) <= 0) {
                leadership.close();
                whenOver.run();
                return;
            }
            answer(thread, buffer, memory, quickAnswer);
            if (FUSE.fuse_session_exited(session) != 0) {
                leadership.close();
            }
        }
    }

    private void answer(
            SessionThread thread, Pointer buffer, Pointer memory, QuickReads.Answer quickAnswer) {
        leadership.begin();
        try {
            Request request = Request.read(memory);
            thread.begin(request);
            prepare(memory);
            if (Request.isRead(memory) && quickReads.answer(request, memory, quickAnswer)) {
                thread.give(quickAnswer.given());
                return;
            }
            process(request, buffer, memory);
        } finally {
            if (thread.given() > 0 && !thread.hasWaited()) {
                polling.answered(thread.given());
            }
            thread.replied();
            leadership.end();
        }
    }

    /** Lets another thread take the next request where that takes less time than this one does. */
    private static void prepare(Pointer memory) {
        if (!Request.isRead(memory)) {
            SessionThread.mayTakeLong();
        } else if (!Request.isShortRead(memory)) {
            SessionThread.mayWorkLong();
        }
    }

    /** Takes a request; {@link Lookout#NOTHING} if none is there, 0 or less if none will be. */
    private int receive(Pointer buffer, Pointer memory, Pointer channelReference) {
        int received;
        do {
            buffer.setMemory(0, BUFFER_LENGTH, (byte) 0);
            buffer.putLong(BUFFER_SIZE, bufferLength);
            buffer.putInt(BUFFER_FLAGS, 0);
            buffer.putPointer(BUFFER_MEMORY, memory);
            channelReference.putPointer(0, channel);
            received = FUSE.fuse_session_receive_buf(session, buffer, channelReference);
        } while (received == -EINTR);
        return received;
    }

    private void process(Request request, Pointer buffer, Pointer memory) {
        // libfuse must know of an interrupt before the thread that it is for looks.
        long interrupted = request.isInterrupt() ? Request.interrupted(memory) : 0;
        if (request.isInit()) {
            Agreement.reach(session, buffer, memory, channel);
            whenReady.run();
        } else {
            FUSE.fuse_session_process_buf(session, buffer, channel);
        }
        if (request.isInterrupt()) {
            interrupts.wake(interrupted);
        }
    }
}
