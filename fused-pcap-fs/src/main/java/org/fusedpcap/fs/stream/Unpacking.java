package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fusedpcap.fs.compression.Decoder;
import org.fusedpcap.fs.compression.MemoryTakenException;
import org.fusedpcap.fs.compression.PackedDataException;
import org.fusedpcap.fs.compression.PackedFormat;
import org.fusedpcap.fs.compression.PackedInput;

/**
 * A compressed file that is being unpacked for one reader: once, from its beginning on, by a thread
 * of its own which keeps a little ahead of the reader; the latest of it is kept.
 *
 * <pre>
 *                floor            reader        demand
 *   .............|--- BACK -------|---------------|--- AHEAD --|
 *   forgotten     can be read again   asked for     unpacked in advance
 *                |---------------------- REACH ----------------|  at most, whatever is asked for
 * </pre>
 *
 * <p><b>Protocol.</b> All fields are guarded by this object's monitor, under which nothing is done
 * but copying. The thread unpacks into the window's room without it, and appends with it. It waits
 * in two places: for room, until the demand comes near the end of what is unpacked; and for the
 * file to grow, where it says which question ({@code turn}) was the last one that it had seen
 * before it looked at the file. A reader who asks for more raises the turn first, wakes the thread,
 * and waits until there is as much as he wants, or nothing more can come, or the thread has found
 * nothing new since his turn. So he never waits for a writer, and never misses what was written
 * before he asked.
 *
 * <p>A thread that could not be started, or was not given its memory before it had unpacked
 * anything, is a failure for the reader who waits for it. The next one who asks begins anew.
 *
 * <p>The thread lets go of the decoder when it ends: at the end of the data, or soon after {@link
 * #finish}. The file is let go of when both have come to pass. What was unpacked can be read until
 * {@link #close}.
 */
final class Unpacking {

    /** So far back reads may go; up to a slab more may be there. */
    static final int BACK = 4 << 20;

    /** So much is unpacked before anybody asks for it. */
    private static final int AHEAD = 2 << 20;

    /** The most that is kept, however long a record may be. */
    private static final int REACH = 24 << 20;

    private static final AtomicInteger THREADS = new AtomicInteger();

    /** Kept for the next file that is opened soon. */
    private static final long IDLE_SECONDS = 2;

    private static final Executor UNPACKERS =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    Unpacking::thread);

    private final Path path;
    private final PackedFormat format;
    private final PackedFile file;
    private final Runnable onEnd;
    private final Executor unpackers;

    // All below is guarded by this.
    private final SlabWindow window = new SlabWindow();
    private long floor;
    private long demand;

    /** Whether somebody reads, and does not only look at the beginning. */
    private boolean reading;

    private long turn;

    /** The latest turn since which nothing new was found in the file. */
    private long idleTurn = -1;

    private boolean started;
    private boolean ended;

    /** Whether the thread has ended with nothing unpacked, and another attempt may succeed. */
    private boolean mayBegin;

    private boolean finished;
    private boolean closed;
    private Optional<IOException> failure = Optional.empty();

    /**
     * @param path of the file, for messages
     * @param onEnd lets go of the file; run once, behind {@link #finish}
     */
    Unpacking(Path path, PackedFormat format, PackedFile file, Runnable onEnd) {
        this(path, format, file, onEnd, UNPACKERS);
    }

    /**
     * @param unpackers has the file unpacked, each by a thread of its own
     */
    Unpacking(Path path, PackedFormat format, PackedFile file, Runnable onEnd, Executor unpackers) {
        this.path = path;
        this.format = format;
        this.file = file;
        this.onEnd = onEnd;
        this.unpackers = unpackers;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "unpack-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Number of bytes that are unpacked, after unpacking as many as are wanted, if there are.
     *
     * @throws IOException if there are fewer because the file cannot be read
     */
    synchronized long size(long wanted) throws IOException {
        demand = Math.max(demand, wanted);
        long target = Math.min(wanted, floor + REACH);
        if (window.end() < target && mayBegin && !finished) {
            beginAnew();
        }
        if (window.end() < target && !isOver()) {
            awaitMore(target);
        } else if (window.end() - demand < AHEAD / 2) {
            notifyAll();
        }
        if (window.end() < target && isUnreadable()) {
            IOException why = failure.orElseThrow();
            throw new IOException(why.getMessage(), why);
        }
        return window.end();
    }

    private boolean isUnreadable() {
        return failure.filter(why -> !(why instanceof PackedDataException)).isPresent();
    }

    private boolean isOver() {
        return ended || finished;
    }

    // Called under the monitor.
    private void awaitMore(long target) {
        if (!started) {
            start();
        }
        turn++;
        long mine = turn;
        notifyAll();
        while (window.end() < target && !isOver() && idleTurn < mine) {
            pause();
        }
    }

    // Called under the monitor.
    private void start() {
        try {
            unpackers.execute(this::run);
            started = true;
        } catch (OutOfMemoryError | RejectedExecutionException e) {
            // Nobody would ever wake those who wait for that thread.
            ended = true;
            mayBegin = true;
            failure = Optional.of(new IOException(path + " cannot be unpacked: " + e, e));
        }
    }

    // Called under the monitor. Nothing was unpacked, for a reason that may be gone.
    private void beginAnew() {
        mayBegin = false;
        started = false;
        ended = false;
        failure = Optional.empty();
        file.rewind();
    }

    // Called under the monitor. Nobody interrupts our threads; a signal to a reader is told
    // otherwise.
    private void pause() {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Copies unpacked bytes to a buffer's position, which moves.
     *
     * @return how many; 0 at or behind the end
     * @throws WindowPassedException if they are not kept any more
     */
    synchronized int read(ByteBuffer dst, long offset) throws WindowPassedException {
        if (offset < window.begin()) {
            throw new WindowPassedException(path, offset);
        }
        return window.read(dst, offset);
    }

    /**
     * Keeps what lies before an offset only as far as reads may go back from there.
     *
     * @return offset of the first byte that is kept
     */
    synchronized long keepFrom(long offset) {
        reading = true;
        floor = Math.max(floor, offset - BACK);
        window.forgetBefore(floor);
        return window.begin();
    }

    /** Why no more can be unpacked, whatever is written to the file. */
    synchronized Optional<String> failure() {
        return failure.map(IOException::getMessage);
    }

    /** What is wrong with the data, as far as it was read; empty if these are whole frames. */
    synchronized Optional<String> damage() {
        if (failure.isPresent()) {
            return failure.map(IOException::getMessage);
        }
        return started && !ended && idleTurn == turn && !file.isBetweenFrames()
                ? Optional.of("the compressed data ends too early")
                : Optional.empty();
    }

    /** Memory that is kept, in bytes. */
    synchronized long allocated() {
        return window.allocated();
    }

    /** Nothing more is to be unpacked. */
    void finish() {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
            notifyAll();
            if (started && !ended) {
                return;
            }
        }
        onEnd.run();
    }

    /** Frees what is kept, too. */
    void close() {
        finish();
        synchronized (this) {
            closed = true;
            if (!started || ended) {
                window.free();
            }
        }
    }

    private void run() {
        Optional<IOException> trouble = Optional.empty();
        try (Decoder decoder = format.decode(new PackedInput(this::readFile))) {
            file.isReadBy(decoder);
            Optional<ByteBuffer> room = awaitRoom();
            int count = 0;
            while (room.isPresent() && count != Decoder.END) {
                count = decoder.read(room.get());
                append(Math.max(0, count));
                room = awaitRoom();
            }
        } catch (IOException e) {
            trouble = Optional.of(e);
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            trouble = Optional.of(new IOException(path + " cannot be unpacked: " + e, e));
        } finally {
            if (end(trouble)) {
                onEnd.run();
            }
        }
    }

    private synchronized Optional<ByteBuffer> awaitRoom() {
        while (!finished && window.end() >= allowed()) {
            pause();
        }
        return finished ? Optional.empty() : Optional.of(window.room());
    }

    // Called under the monitor.
    private long allowed() {
        return Math.min(floor + REACH, demand + (reading ? AHEAD : 0));
    }

    private synchronized void append(int count) {
        window.appended(count);
        window.forgetBefore(floor);
        notifyAll();
    }

    /** Whether the file is not needed any more. */
    private synchronized boolean end(Optional<IOException> trouble) {
        ended = true;
        file.isReadToTheEnd();
        if (closed) {
            window.free();
        } else {
            window.seal();
        }
        // What goes wrong once nobody wants more is nobody's trouble.
        failure = finished ? Optional.empty() : trouble;
        mayBegin =
                window.end() == 0
                        && trouble.filter(MemoryTakenException.class::isInstance).isPresent();
        notifyAll();
        return finished;
    }

    /** Reads the file for the decoder, and waits for it to grow. */
    private int readFile(ByteBuffer dst) throws IOException {
        while (true) {
            long seen = lastTurn();
            int count = file.read(dst);
            if (count != 0 || isIdleSince(seen)) {
                return count == 0 ? PackedFile.END : count;
            }
        }
    }

    private synchronized long lastTurn() {
        return turn;
    }

    /** Waits for the next question; true if there will be none. */
    private synchronized boolean isIdleSince(long seen) {
        idleTurn = seen;
        notifyAll();
        while (turn == seen && !finished) {
            pause();
        }
        return finished;
    }
}
