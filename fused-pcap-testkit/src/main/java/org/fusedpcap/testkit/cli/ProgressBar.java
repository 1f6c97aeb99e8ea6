package org.fusedpcap.testkit.cli;

import java.io.PrintStream;
import java.util.Locale;

/** One line on a terminal that says how far it is; nothing where there is no terminal. */
final class ProgressBar {

    private static final long INTERVAL_NANOS = 200_000_000L;
    private static final int WIDTH = 30;
    private static final double MEGA = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean shown;
    private final long startNanos;
    private long nextNanos;

    ProgressBar(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
        this.startNanos = System.nanoTime();
        this.nextNanos = startNanos + INTERVAL_NANOS;
    }

    /**
     * Shows how far it is, now and then.
     *
     * @param part done so far, 0–1; less than 0 if nobody knows the end
     */
    void update(double part, long packets, long bytes) {
        if (!shown || System.nanoTime() < nextNanos) {
            return;
        }
        long now = System.nanoTime();
        nextNanos = now + INTERVAL_NANOS;
        double seconds = (now - startNanos) / NANOS_PER_SECOND;
        out.print(CLEAR_LINE + line(part, packets, bytes, seconds));
        out.flush();
    }

    static String line(double part, long packets, long bytes, double seconds) {
        return String.format(
                Locale.ROOT,
                "%s%d packets, %.1f MB, %.1f MB/s",
                part < 0 ? "" : bar(Math.min(1, part)),
                packets,
                bytes / MEGA,
                bytes / MEGA / seconds);
    }

    private static String bar(double part) {
        int filled = (int) (part * WIDTH);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d%%  ",
                "#".repeat(filled),
                "-".repeat(WIDTH - filled),
                (int) (part * 100));
    }

    /** Takes the line away. */
    void clear() {
        if (shown) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
