package org.fusedpcap.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Collects packet numbers as runs of neighbours, the first few of them. Not thread-safe. */
final class Places {

    private static final int SHOWN = 4;
    private static final long NONE = -2;

    private final Expectation expectation;
    private final List<String> shown = new ArrayList<>();
    private long count;
    private long runs;
    private long first = NONE;
    private long last = NONE;
    private long length;
    private String reader = "";
    private String segment = "";

    Places(Expectation expectation) {
        this.expectation = expectation;
    }

    /**
     * Adds a packet.
     *
     * @param where who got it, if that is of interest
     */
    void add(long sequence, String where) {
        count++;
        String name = expectation.contains(sequence) ? expectation.segmentOf(sequence) : "";
        if (!reader.equals(where) || !segment.equals(name) || !isNext(sequence)) {
            endRun();
            first = sequence;
            length = 0;
            reader = where;
            segment = name;
        }
        last = sequence;
        length++;
    }

    // Packets without a marker have numbers, too, so that neighbours may be a few apart.
    private boolean isNext(long sequence) {
        return last != NONE && sequence > last && !expectation.hasBetween(last, sequence);
    }

    private void endRun() {
        if (first != NONE && runs++ < SHOWN) {
            String packets = length == 1 ? "packet " + first : "packets " + first + ".." + last;
            boolean whole = expectation.isWholeSegment(first, length);
            String in = segment.isEmpty() ? "" : (whole ? ", all of " : " in ") + segment;
            shown.add(packets + in + reader);
        }
        first = NONE;
        last = NONE;
    }

    long count() {
        return count;
    }

    /** All places in one line. */
    String text() {
        endRun();
        String text = String.join(", ", shown);
        return runs > SHOWN ? text + " and " + (runs - SHOWN) + " more places" : text;
    }
}
