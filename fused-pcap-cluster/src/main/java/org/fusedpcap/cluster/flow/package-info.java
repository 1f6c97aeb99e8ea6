/** From the bytes of a frame to its flow key, and from the key to a member's number. */
package org.fusedpcap.cluster.flow;
