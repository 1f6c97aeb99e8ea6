/**
 * One stream of records shared out among the members of a cluster.
 *
 * <p>From outside: a {@link org.fusedpcap.cluster.distribute.ClusterTable} opens {@link
 * org.fusedpcap.cluster.distribute.Member}s, which read; a {@link
 * org.fusedpcap.cluster.distribute.RecordSource} feeds a {@link
 * org.fusedpcap.cluster.distribute.Cluster}, a {@link
 * org.fusedpcap.cluster.distribute.MemberChooser} places its packets, a {@link
 * org.fusedpcap.cluster.distribute.ClusterListener} hears what happens. Inside, in the order of the
 * data: Intake, BlockWindow, Slab; Sorter, Share, ExtentQueue; ShareReader, History, MemberStream.
 * The protocol among the threads is written down in Distributor.
 */
package org.fusedpcap.cluster.distribute;
