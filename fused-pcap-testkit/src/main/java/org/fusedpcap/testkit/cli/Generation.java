package org.fusedpcap.testkit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.fusedpcap.testkit.traffic.FrameSource;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;

/**
 * One run of {@code generate}: frames from a source into a capture until a limit is reached or
 * somebody says stop. Only {@link #stop} may be called by other threads.
 */
final class Generation {

    private static final long LONGEST_NAP_NANOS = 50_000_000L;
    private static final long CHECK_EVERY = 64;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Limits limits;
    private final Rate rate;
    private final boolean live;
    private final ProgressBar progress;
    private final RollingCapture capture;
    private final long fileBytes;
    private final long startNanos = System.nanoTime();

    private long frameBytes;
    private long packets;
    private volatile boolean stopped;

    /**
     * @param live whether packets come at their time, and have it
     * @param rate how fast; without {@code live} only their times follow it
     */
    Generation(
            Path directory,
            WriterSpec spec,
            Limits limits,
            Rate rate,
            boolean live,
            ProgressBar progress)
            throws IOException {
        this.limits = limits;
        this.rate = rate;
        this.live = live;
        this.progress = progress;
        this.fileBytes = spec.rollOver().bytes();
        this.capture =
                new RollingCapture(
                        directory, spec, live ? CaptureClock.wall() : this::virtualNanos);
    }

    private long virtualNanos() {
        return CaptureClock.START.getEpochSecond() * NANOS_PER_SECOND + duration();
    }

    private long duration() {
        return live ? System.nanoTime() - startNanos : rate.nanos(packets, frameBytes);
    }

    /** Writes until it is done, and closes the capture. */
    void run(FrameSource source, int tornBytes) throws IOException {
        FrameSource counted =
                (out, offset) -> {
                    int length = source.next(out, offset);
                    frameBytes += length;
                    return length;
                };
        while (!isDone()) {
            capture.write(counted);
            packets++;
            pace();
        }
        if (tornBytes > 0) {
            capture.closeTorn(tornBytes);
        } else {
            capture.close();
        }
        progress.clear();
    }

    private boolean isDone() throws IOException {
        boolean lastFileFull =
                limits.files() > 0 && capture.files() >= limits.files() && capture.isFull();
        if (stopped || limits.packets() > 0 && packets >= limits.packets() || lastFileFull) {
            return true;
        }
        capture.prepareNext();
        if (packets % CHECK_EVERY != 0 && rate.perSecond() == 0) {
            return false;
        }
        report();
        return limits.nanos() > 0 && duration() >= limits.nanos();
    }

    private void report() {
        double files =
                capture.files()
                        - 1
                        + (fileBytes > 0 ? capture.fileBytes() / (double) fileBytes : 0);
        progress.update(limits.part(packets, files, duration()), packets, capture.bytes());
    }

    private void pace() {
        if (!live || rate.perSecond() == 0) {
            return;
        }
        long due = startNanos + rate.nanos(packets, frameBytes);
        for (long left = due - System.nanoTime();
                left > 0 && !stopped;
                left = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_NAP_NANOS));
            report();
        }
    }

    /** Ends it after the packet that is being written. */
    void stop() {
        stopped = true;
    }

    /** What was written: the last line of the command. */
    String summary() {
        return "wrote "
                + capture.packets()
                + " packets, "
                + capture.bytes()
                + " bytes, "
                + capture.files()
                + " files";
    }
}
