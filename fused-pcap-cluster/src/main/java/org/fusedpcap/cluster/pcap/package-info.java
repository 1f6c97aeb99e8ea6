/** The capture formats, classic pcap and pcapng: file headers, and the walk from unit to unit. */
package org.fusedpcap.cluster.pcap;
