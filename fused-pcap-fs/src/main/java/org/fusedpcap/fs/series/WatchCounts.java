package org.fusedpcap.fs.series;

/**
 * How the directories of a source are watched.
 *
 * @param notified number of those of which the kernel tells everything
 * @param polled number of those that are looked at, with or without the kernel's help
 */
public record WatchCounts(int notified, int polled) {}
