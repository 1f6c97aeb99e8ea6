package org.fusedpcap.fs.status;

import java.time.Instant;
import java.util.List;

/**
 * A mount at one moment. The numbers are read one after the other, so they may be a moment apart.
 *
 * @param at when it was looked at
 * @param about which mount it is
 * @param daemon what the daemon uses
 * @param totals all streams since the mount
 * @param streams those that are open, in the order of their opening
 * @param clusters those that form or are full
 */
public record MountStatus(
        Instant at,
        About about,
        DaemonStatus daemon,
        Totals totals,
        List<StreamStatus> streams,
        List<ClusterStatus> clusters) {

    public MountStatus {
        streams = List.copyOf(streams);
        clusters = List.copyOf(clusters);
    }
}
