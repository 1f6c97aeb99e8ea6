package org.fusedpcap.fs.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A sequential reader of one stream, as a process is; for one thread. */
final class StreamReader {

    private static final long LIMIT_SECONDS = 30;

    private final CaptureStream stream;
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();

    StreamReader(CaptureStream stream) {
        this.stream = stream;
    }

    /** The bytes of a result that has some, or an assertion that fails. */
    static byte[] bytes(ReadResult result) {
        if (!(result instanceof ReadResult.Data data)) {
            throw new AssertionError("no bytes but " + result);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (Piece piece : data.pieces()) {
                ByteBuffer bytes = ByteBuffer.allocate(piece.length());
                piece.copyTo(bytes);
                all.writeBytes(bytes.array());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            data.release();
        }
        return all.toByteArray();
    }

    byte[] got() {
        return got.toByteArray();
    }

    /** Reads once. */
    ReadResult step(int length) {
        ReadResult result = stream.read(got.size(), length);
        if (result instanceof ReadResult.Data) {
            byte[] bytes = bytes(result);
            if (bytes.length == 0 || bytes.length > length) {
                throw new AssertionError(bytes.length + " bytes for " + length);
            }
            got.writeBytes(bytes);
        }
        return result;
    }

    /** Reads until there is nothing now; what was said then. */
    ReadResult drain(int length) {
        ReadResult result;
        do {
            result = step(length);
        } while (result instanceof ReadResult.Data);
        return result;
    }

    /** Reads on, waiting for the stream's waker alone, until something else than bytes comes. */
    ReadResult toTheEnd(int length) {
        return await(length, Long.MAX_VALUE, LIMIT_SECONDS * 1000);
    }

    /** Reads on until so many bytes are there, looking again now and then without being woken. */
    ReadResult until(long bytes) {
        return await(128 * 1024, bytes, 50);
    }

    /** Reads on until so many bytes are there, waiting for the stream's waker alone. */
    ReadResult toTheBytes(long bytes) {
        return await(128 * 1024, bytes, LIMIT_SECONDS * 1000);
    }

    private ReadResult await(int length, long bytes, long lookAgainMs) {
        Semaphore woken = new Semaphore(0);
        Runnable waker = woken::release;
        stream.addWaker(waker);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try {
            while (true) {
                ReadResult result = drain(length);
                if (result != ReadResult.Nothing.NOT_YET || got.size() >= bytes) {
                    return result;
                }
                boolean told = woken.tryAcquire(lookAgainMs, TimeUnit.MILLISECONDS);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(
                            "after " + got.size() + " bytes in " + stream.segment() + ", " + told);
                }
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            stream.removeWaker(waker);
        }
    }
}
