/** The classic pcap format: the file header, and the walk from one record to the next. */
package org.fusedpcap.cluster.pcap;
