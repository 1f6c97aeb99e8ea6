package org.fusedpcap.cluster.distribute;

import java.io.IOException;

/** Makes the next cluster of a path when the one before is full. */
@FunctionalInterface
public interface ClusterOpener {

    /**
     * A new cluster, at the beginning of its stream.
     *
     * @throws IOException if its source cannot be opened
     */
    Cluster open() throws IOException;
}
