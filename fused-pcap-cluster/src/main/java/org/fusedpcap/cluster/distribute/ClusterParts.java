package org.fusedpcap.cluster.distribute;

/**
 * What a cluster is made of. The cluster owns the source from then on, and closes it.
 *
 * @param settings how it is run
 * @param source where the stream comes from
 * @param chooser who gets which packet; answers below {@link ClusterSettings#members}
 * @param listener who hears what happens
 * @param pool where the memory comes from
 */
public record ClusterParts(
        ClusterSettings settings,
        RecordSource source,
        MemberChooser chooser,
        ClusterListener listener,
        SlabPool pool) {}
