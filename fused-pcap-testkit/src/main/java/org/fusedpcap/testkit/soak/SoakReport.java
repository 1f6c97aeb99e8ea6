package org.fusedpcap.testkit.soak;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is to be said about a run.
 *
 * @param counts how often each thing was done
 * @param samples of the daemon
 * @param faults number of faults, each of which was told when it was found
 */
public record SoakReport(Map<String, Long> counts, Samples samples, int faults) {

    /** The counts, a line each. */
    public String countText() {
        return counts.entrySet().stream()
                .map(count -> "%10d %s".formatted(count.getValue(), count.getKey()))
                .collect(Collectors.joining("\n"));
    }

    /** What the daemon had, as a table. */
    public String sampleText() {
        return samples.table();
    }

    /** What the daemon had, a line a second: seconds, readers, descriptors, threads, KiB. */
    public List<String> sampleLines() {
        return samples.all().stream()
                .map(
                        s ->
                                "%.0f %d %d %d %d"
                                        .formatted(
                                                s.seconds(),
                                                s.readers(),
                                                s.descriptors(),
                                                s.threads(),
                                                s.residentKiB()))
                .toList();
    }
}
