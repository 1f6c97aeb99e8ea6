package org.fusedpcap.fs.mounted;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Times that are told, not judged: no test fails because the machine is slow. */
final class Measured {

    private static final double NANOS_PER_MILLI = 1e6;

    private final String what;
    private final List<Double> millis = new ArrayList<>();

    Measured(String what) {
        this.what = what;
    }

    /** Adds the time since {@code startNanos}, of {@link System#nanoTime}. */
    void add(long startNanos) {
        millis.add((System.nanoTime() - startNanos) / NANOS_PER_MILLI);
    }

    /** Prints one time. */
    static void print(String what, long startNanos) {
        Measured measured = new Measured(what);
        measured.add(startNanos);
        System.out.println(measured);
    }

    @Override
    public String toString() {
        Collections.sort(millis);
        return String.format(
                Locale.ROOT,
                "measured: %s: min %.1f ms, median %.1f ms, max %.1f ms of %d",
                what,
                millis.get(0),
                millis.get(millis.size() / 2),
                millis.get(millis.size() - 1),
                millis.size());
    }
}
