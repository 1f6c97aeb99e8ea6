package org.fusedpcap.cluster.distribute;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads a member's stream as a caller does that waits, by the loop that {@link Member} describes.
 */
final class BlockingReader {

    /** Nobody sleeps that long unless a wake-up was lost. */
    private static final long LONGEST_SLEEP_S = 90;

    private final Member member;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Semaphore woken = new Semaphore(0);
    private final Runnable waker = woken::release;

    BlockingReader(Member member) {
        this.member = member;
    }

    /** Everything read so far. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    long position() {
        return bytes.size();
    }

    /** Reads on, waiting as long as it takes; interrupts are taken note of and passed over. */
    int read(int atMost) {
        ByteBuffer buffer = ByteBuffer.allocate(atMost);
        boolean interrupted = false;
        int result = member.read(position(), buffer);
        while (result == Member.NOT_YET) {
            member.onReadable(waker);
            result = member.read(position(), buffer);
            if (result != Member.NOT_YET) {
                break;
            }
            try {
                if (!woken.tryAcquire(LONGEST_SLEEP_S, TimeUnit.SECONDS)) {
                    throw new AssertionError("not woken at " + position());
                }
                woken.drainPermits();
            } catch (InterruptedException e) {
                interrupted = true;
            }
            result = member.read(position(), buffer);
        }
        member.forget(waker);
        if (result > 0) {
            bytes.write(buffer.array(), 0, result);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    /** Reads until there is nothing more; what the last read said. */
    int readAll(int atMost) {
        int result;
        do {
            result = read(atMost);
        } while (result > 0);
        return result;
    }
}
