package org.fusedpcap.testkit.oracle;

/**
 * All faults of one kind.
 *
 * @param kind what is wrong
 * @param count number of packets, or of conversations for those that are apart
 * @param where packets by their numbers, segments by their names
 */
public record Fault(FaultKind kind, long count, String where) {

    @Override
    public String toString() {
        return count + " " + kind.text() + " (" + where + ")";
    }
}
