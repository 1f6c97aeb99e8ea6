package org.fusedpcap.cluster.distribute;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Fills that were read before their turn, in the order of the stream. What one read of the source
 * gives may be a single record, so there are as many as it takes. Used under the distributor's
 * lock.
 */
final class AheadFills implements Iterable<Fill> {

    /** So many bytes ahead a chooser may look, at least, where they are there. */
    private static final int ENOUGH = SlabPool.SLAB_LENGTH;

    private final ArrayDeque<Fill> fills = new ArrayDeque<>();
    private final ArrayDeque<Fill> spare = new ArrayDeque<>();
    private int bytes;

    /** Whether a chooser may look far enough ahead. */
    boolean isEnough() {
        return bytes >= ENOUGH;
    }

    boolean isEmpty() {
        return fills.isEmpty();
    }

    /** An unused fill, for {@link #add} or {@link #giveBack}. */
    Fill unused() {
        return spare.isEmpty() ? new Fill() : spare.removeLast();
    }

    /** Puts a fill behind the others. */
    void add(Fill fill) {
        fills.addLast(fill);
        bytes += fill.to() - fill.from();
    }

    /** Takes the first fill, whose turn it is; there must be one. */
    Fill take() {
        Fill first = fills.removeFirst();
        bytes -= first.to() - first.from();
        return first;
    }

    /** Keeps a fill that is used no more for {@link #unused}. */
    void giveBack(Fill fill) {
        spare.addLast(fill);
    }

    @Override
    public Iterator<Fill> iterator() {
        return fills.iterator();
    }
}
