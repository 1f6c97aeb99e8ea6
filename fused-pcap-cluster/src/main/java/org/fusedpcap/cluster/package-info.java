/** Packets: reading capture records, choosing a member by flow, and handing packets to members. */
package org.fusedpcap.cluster;
