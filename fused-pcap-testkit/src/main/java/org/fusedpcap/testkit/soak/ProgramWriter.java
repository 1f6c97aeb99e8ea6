package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.fusedpcap.testkit.oracle.CaptureReader;
import org.fusedpcap.testkit.oracle.CapturedPacket;
import org.fusedpcap.testkit.traffic.FrameSource;
import org.fusedpcap.testkit.traffic.Marker;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;

/** A capture program at work on a thread of its own, which can be paused and killed. */
final class ProgramWriter {

    private static final long NAP_NANOS = 5_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** How a program ends. */
    enum End {
        /** It flushes and closes. */
        CLOSED,
        /** What waits is lost. */
        KILLED
    }

    private final Written written;
    private final FrameSource frames;
    private final RollingCapture capture;
    private final double packetsPerNano;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile Optional<End> end = Optional.empty();
    private volatile long pausedUntil = System.nanoTime();

    ProgramWriter(Path directory, WriterSpec spec, TrafficSpec traffic, int packetsPerSecond)
            throws IOException {
        this.written = new Written(spec.ring());
        this.frames = written.recording(new Traffic(traffic));
        this.packetsPerNano = packetsPerSecond / (double) NANOS_PER_SECOND;
        this.capture = new RollingCapture(directory, spec, CaptureClock.wall(), written::opening);
        Thread thread = new Thread(this::run, "writer " + directory.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            long before = System.nanoTime();
            double due = 0;
            while (end.isEmpty()) {
                long now = System.nanoTime();
                if (now - pausedUntil > 0) {
                    due += (now - before) * packetsPerNano;
                }
                before = now;
                for (; due >= 1 && end.isEmpty(); due--) {
                    capture.prepareNext();
                    capture.write(frames);
                }
                LockSupport.parkNanos(NAP_NANOS);
            }
            finish(end.get());
            done.complete(null);
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void finish(End how) throws IOException {
        if (how == End.CLOSED) {
            capture.close();
            return;
        }
        Path newest = capture.path();
        boolean visible = newest.getFileName().toString().equals(written.newest().name());
        capture.kill();
        long kept = visible ? firstNotIn(newest) : -1;
        written.forgetFrom(Math.max(kept, written.newest().first()));
    }

    /** The packet behind the last whole one of a file; -1 if there is none in it. */
    private static long firstNotIn(Path file) throws IOException {
        long behind = -1;
        if (Files.size(file) == 0) {
            return behind;
        }
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (Optional<CapturedPacket> packet = reader.next();
                    packet.isPresent();
                    packet = reader.next()) {
                CapturedPacket p = packet.get();
                Optional<Marker> marker = Marker.find(p.bytes(), p.offset(), p.captured());
                behind = marker.map(m -> m.sequence() + 1).orElse(behind);
            }
        }
        return behind;
    }

    /** Lets it write nothing for a while, as SIGSTOP does. */
    void pause(long nanos) {
        pausedUntil = System.nanoTime() + nanos;
    }

    /** Ends it; returns when it has ended. */
    void end(End how) {
        end = Optional.of(how);
        done.join();
    }

    /** Whether it has failed by itself. */
    boolean hasFailed() {
        return done.isCompletedExceptionally();
    }

    Written written() {
        return written;
    }
}
