package org.fusedpcap.cluster.distribute;

/** The records that one read of the source put into a slab. Used under the distributor's lock. */
final class Fill {

    private Slab slab;
    private int from;
    private int to;
    private int shown;

    /** Takes the bytes from {@code from} to {@code to} of a slab. */
    void set(Slab filled, int begin, int end) {
        slab = filled;
        from = begin;
        to = end;
        shown = begin;
    }

    /** Everything in it is handed out. */
    void clear() {
        from = to;
    }

    boolean isEmpty() {
        return from == to;
    }

    Slab slab() {
        return slab;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Up to where packets have been shown ahead of their turn. */
    int shown() {
        return shown;
    }

    void shown(int end) {
        shown = end;
    }
}
