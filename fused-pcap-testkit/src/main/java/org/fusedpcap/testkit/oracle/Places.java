package org.fusedpcap.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Collects packet numbers as runs of neighbours, the first few of them. Not thread-safe. */
final class Places {

    private static final int SHOWN = 4;

    private final Expectation expectation;
    private final List<String> shown = new ArrayList<>();
    private long count;
    private long runs;
    private long first = -2;
    private long last = -2;
    private String note = "";
    private String segment = "";

    Places(Expectation expectation) {
        this.expectation = expectation;
    }

    void add(long sequence, String reader) {
        count++;
        String name = expectation.segmentOf(sequence);
        if (sequence != last + 1 || !reader.equals(note) || !name.equals(segment)) {
            endRun();
            first = sequence;
            note = reader;
            segment = name;
        }
        last = sequence;
    }

    private void endRun() {
        if (first < 0) {
            return;
        }
        if (runs++ < SHOWN) {
            long length = last - first + 1;
            String packets = length == 1 ? "packet " + first : "packets " + first + ".." + last;
            boolean whole = expectation.isWholeSegment(first, length);
            shown.add(packets + (whole ? ", all of " : " in ") + segment + note);
        }
        first = -2;
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
