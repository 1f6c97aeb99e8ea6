package org.fusedpcap.testkit.soak;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run has done, and what it has found wrong. Thread-safe. */
final class Findings {

    private final PrintStream out;
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    Findings(PrintStream out) {
        this.out = out;
    }

    void count(String what) {
        count(what, 1);
    }

    synchronized void count(String what, long number) {
        counts.merge(what, number, Long::sum);
    }

    /** Something is not as promised. */
    synchronized void fault(String what) {
        faults.add(what);
        out.println("FAULT " + what);
    }

    synchronized int faults() {
        return faults.size();
    }

    /** How often each thing was done. */
    synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
