package org.fusedpcap.fs.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.Runtime;

/**
 * Where the inotify thread waits, and how it is woken: ppoll(2) on the inotify descriptor and on an
 * eventfd(2).
 *
 * <p>{@link #wake} may be called by any thread until {@link #close}, and is harmless afterwards;
 * the other methods are the inotify thread's.
 */
final class InotifyWakeup {

    /** How long the thread rests after it has told events. */
    static final int REST_NANOS = 500_000;

    /** After so long those are asked again who are waiting. */
    static final long AGAIN_NANOS = 500_000_000L;

    private static final int EFD_FLAGS = 0x80800; // close on exec, non-blocking
    private static final short POLLIN = 1;
    private static final int POLLFD_LENGTH = 8;
    private static final int EVENTS_OFFSET = 4;

    private final InotifyLibC libc;
    private final int eventfd;
    private final ByteBuffer both = direct(2 * POLLFD_LENGTH);
    private final ByteBuffer alone = direct(POLLFD_LENGTH);
    private final ByteBuffer restTime = direct(2 * Long.BYTES);
    private final ByteBuffer againTime = direct(2 * Long.BYTES);
    private final ByteBuffer counter = direct(Long.BYTES);

    // Guarded by this: no descriptor is written to after it was closed, as its number may be
    // reused.
    private boolean closed;

    InotifyWakeup(InotifyLibC libc, int inotify) throws IOException {
        this.libc = libc;
        eventfd = libc.eventfd(0, EFD_FLAGS);
        if (eventfd < 0) {
            libc.close(inotify);
            throw new IOException("eventfd failed");
        }
        put(both, 0, inotify);
        put(both, POLLFD_LENGTH, eventfd);
        put(alone, 0, eventfd);
        restTime.putLong(Long.BYTES, REST_NANOS);
        againTime.putLong(Long.BYTES, AGAIN_NANOS);
    }

    /**
     * Waits for an event or a wake-up.
     *
     * @param again whether for no longer than {@link #AGAIN_NANOS}
     */
    void await(boolean again) throws IOException {
        int ready = libc.ppoll(both, 2, again ? againTime : null, null);
        if (ready < 0
                && LastError.getLastError(Runtime.getRuntime(libc)) != Errno.EINTR.intValue()) {
            throw new IOException("ppoll failed");
        }
        drain();
    }

    /** Lets events gather for a moment; a wake-up ends it, and the next wait. */
    void rest() {
        libc.ppoll(alone, 1, restTime, null);
    }

    synchronized void wake() {
        if (!closed) {
            libc.write(eventfd, direct(Long.BYTES).putLong(0, 1), Long.BYTES);
        }
    }

    synchronized void close() {
        closed = true;
        libc.close(eventfd);
    }

    private void drain() {
        libc.read(eventfd, counter, Long.BYTES);
    }

    private static void put(ByteBuffer fds, int at, int descriptor) {
        fds.putInt(at, descriptor);
        fds.putShort(at + EVENTS_OFFSET, POLLIN);
    }

    private static ByteBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    }
}
