package org.fusedpcap.testkit.cli;

/**
 * When a generation is done; 0 stands for no limit. Immutable.
 *
 * @param packets number of packets
 * @param files number of full files
 * @param nanos duration, in nanoseconds of the capture's clock
 */
record Limits(long packets, long files, long nanos) {

    boolean isNone() {
        return packets == 0 && files == 0 && nanos == 0;
    }

    /** How much is done, 0–1; less than 0 if there is no limit that tells. */
    double part(long donePackets, double doneFiles, long doneNanos) {
        double part = packets > 0 ? (double) donePackets / packets : -1;
        part = Math.max(part, files > 0 ? doneFiles / files : -1);
        return Math.max(part, nanos > 0 ? (double) doneNanos / nanos : -1);
    }
}
