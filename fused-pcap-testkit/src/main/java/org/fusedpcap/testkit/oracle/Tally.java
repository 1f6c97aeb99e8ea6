package org.fusedpcap.testkit.oracle;

/** Counts packets that have no number, and remembers what they were, in any order. */
final class Tally {

    private long count;
    private long sum;

    void add(int fingerprint) {
        count++;
        sum += fingerprint * 0x9e3779b97f4a7c15L;
    }

    long count() {
        return count;
    }

    boolean isSame(Tally other) {
        return count == other.count && sum == other.sum;
    }
}
