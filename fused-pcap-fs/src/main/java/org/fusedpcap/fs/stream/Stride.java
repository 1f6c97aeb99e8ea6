package org.fusedpcap.fs.stream;

/**
 * Bounds how many segments are passed at a time, so that whoever waits for that can be interrupted
 * in between: there may be any number without a record. Not thread-safe; used under the stream's
 * lock.
 */
final class Stride {

    private static final int MOST_STEPS = 64;

    /** So many are passed in any case, so that small reads are full as a rule. */
    private static final int FEW_STEPS = 16;

    /** Compressed segments take a thread each. */
    private static final long MOST_NS = 20_000_000;

    private int steps;
    private long sinceNs;
    private boolean brokenOff;

    /** From now on steps are counted. */
    void begin() {
        steps = 0;
        sinceNs = System.nanoTime();
        brokenOff = false;
    }

    /** A segment was passed. */
    void step() {
        steps++;
    }

    /** Whether that was enough; never so before a step was made. */
    boolean isOver() {
        return steps >= MOST_STEPS || steps >= FEW_STEPS && System.nanoTime() - sinceNs > MOST_NS;
    }

    /** No more steps are made now, though there may be more to come by. */
    void breakOff() {
        brokenOff = true;
    }

    /** Whether the steps were broken off, to go on soon. */
    boolean isBrokenOff() {
        return brokenOff;
    }
}
