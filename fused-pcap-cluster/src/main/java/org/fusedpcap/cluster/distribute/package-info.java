/** One stream of records shared out among the members of a cluster. */
package org.fusedpcap.cluster.distribute;
