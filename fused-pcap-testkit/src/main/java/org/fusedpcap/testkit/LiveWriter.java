package org.fusedpcap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;

/**
 * A capture program at work, on a thread of its own: packets come at a steady rate until somebody
 * stops it, or kills it. Thread-safe.
 *
 * <pre>{@code
 * try (LiveWriter writer = LiveWriter.start(directory, WriterSpec.of(TCPDUMP_C), traffic, 5000)) {
 *     …
 *     writer.stop();
 *     Expectation expectation = Expectation.ofFiles(writer.files());
 * }
 * }</pre>
 */
public final class LiveWriter implements AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long LONGEST_NAP_NANOS = 20_000_000L;

    private enum End {
        NONE,
        STOP,
        KILL
    }

    private final List<Path> files = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    // Of the writing thread alone.
    private final RollingCapture capture;
    private final Traffic traffic;
    private final double packetsPerSecond;

    private volatile End end = End.NONE;
    private volatile long packets;

    private LiveWriter(
            Path directory, WriterSpec spec, TrafficSpec traffic, double packetsPerSecond)
            throws IOException {
        this.traffic = new Traffic(traffic);
        this.packetsPerSecond = packetsPerSecond;
        WriterSpec own = spec.with(spec.format().withLinkType(traffic.link().number()));
        this.capture = new RollingCapture(directory, own, CaptureClock.wall(), this::opened);
    }

    /**
     * Starts to write.
     *
     * @param directory where to; it exists
     * @param spec how
     * @param traffic what
     * @param packetsPerSecond how fast; 0 for as fast as it goes
     */
    public static LiveWriter start(
            Path directory, WriterSpec spec, TrafficSpec traffic, double packetsPerSecond)
            throws IOException {
        LiveWriter writer = new LiveWriter(directory, spec, traffic, packetsPerSecond);
        Thread thread = new Thread(writer::run, "live-writer");
        thread.setDaemon(true);
        thread.start();
        return writer;
    }

    // A name that is used again is a new segment, and the one it was is no more.
    private void opened(Path path) {
        files.remove(path);
        files.add(path);
    }

    private void run() {
        try {
            long start = System.nanoTime();
            while (end == End.NONE) {
                if (isDue(start)) {
                    capture.prepareNext();
                    capture.write(traffic);
                    packets = packets + 1;
                }
            }
            finish();
            done.complete(null);
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private boolean isDue(long start) {
        if (packetsPerSecond == 0) {
            return true;
        }
        long due = start + (long) (packets * (NANOS_PER_SECOND / packetsPerSecond));
        long left = due - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(Math.min(left, LONGEST_NAP_NANOS));
        }
        return left <= 0;
    }

    private void finish() throws IOException {
        if (end == End.KILL) {
            capture.kill();
        } else {
            capture.close();
        }
    }

    /** Number of packets written, those that wait for a flush included. */
    public long packets() {
        return packets;
    }

    /**
     * The files in their order, the one that is being written last; those deleted are here, too.
     */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /** Ends it as SIGTERM does: everything is flushed. Returns when it has ended. */
    public void stop() {
        end(End.STOP);
    }

    /** Ends it as SIGKILL does: what waits for a flush is lost. Returns when it has ended. */
    public void kill() {
        end(End.KILL);
    }

    private void end(End how) {
        if (end == End.NONE) {
            end = how;
        }
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new UncheckedIOException(cause);
            }
            throw e;
        }
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }
}
