package org.fusedpcap.testkit.oracle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the oracle says.
 *
 * @param expected number of packets that were to be got
 * @param got number of packets that all readers got
 * @param segments number of segments they came from
 * @param faults what is wrong; empty if all is right
 */
public record Verdict(long expected, long got, int segments, List<Fault> faults) {

    /** Keeps a copy. */
    public Verdict {
        faults = List.copyOf(faults);
    }

    /** Whether every reader got what it should. */
    public boolean isOk() {
        return faults.isEmpty();
    }

    /** All faults of a kind. */
    public Optional<Fault> fault(FaultKind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).findFirst();
    }

    /** One line: {@code ok: …} or {@code NOT OK: …}. */
    @Override
    public String toString() {
        String numbers =
                got
                        + " of "
                        + expected
                        + " packets, "
                        + segments
                        + (segments == 1 ? " segment" : " segments");
        return isOk()
                ? "ok: " + numbers
                : faults.stream()
                        .map(Fault::toString)
                        .collect(Collectors.joining("; ", "NOT OK: " + numbers + ": ", ""));
    }
}
