package org.fusedpcap.fs.status;

import org.fusedpcap.cluster.distribute.ClusterStatistics;
import org.fusedpcap.fs.stream.Damage;
import org.fusedpcap.fs.stream.Progress;

/**
 * One cluster, forming or full.
 *
 * @param number which one it is of all since the mount, from 1
 * @param path what its members have opened, as {@link StreamStatus#path}
 * @param members its places and members
 * @param position stream offset behind what has been shared out
 * @param progress how far the stream that it shares out has come
 * @param counts what was counted
 * @param damage what the stream could not hand out
 */
public record ClusterStatus(
        long number,
        String path,
        ClusterStatistics members,
        long position,
        Progress progress,
        ClusterCounts counts,
        Damage damage) {}
