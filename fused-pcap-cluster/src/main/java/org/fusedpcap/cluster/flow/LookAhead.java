package org.fusedpcap.cluster.flow;

/**
 * Where a classifier asks for the records behind the frame it is at, when that frame is a fragment
 * whose datagram's first fragment it has not seen yet.
 *
 * <p>A call passes records that nobody has passed before, in the order of the stream and beginning
 * right behind the frame being classified or behind what earlier calls passed, to {@link
 * FlowClassifier#learn}. So each record is learned at most once, and never after it was classified;
 * a stream without such fragments costs nothing. Called by the thread that classifies.
 */
@FunctionalInterface
public interface LookAhead {

    /** Nothing is ever known beforehand. */
    LookAhead NONE = classifier -> false;

    /**
     * Passes some more records, a block of them, say, to {@code classifier}. Must not wait: what is
     * not there yet is not passed.
     *
     * @param classifier the classifier that asks
     * @return whether anything was passed; if not, or if the caller's window is used up, the
     *     classifier decides with what it knows
     */
    boolean learnMore(FlowClassifier classifier);
}
