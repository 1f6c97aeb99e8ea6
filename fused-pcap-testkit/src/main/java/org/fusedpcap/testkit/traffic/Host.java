package org.fusedpcap.testkit.traffic;

import java.net.InetAddress;
import org.pcap4j.util.MacAddress;

/**
 * One end of a conversation.
 *
 * @param mac hardware address
 * @param address IPv4 or IPv6 address
 * @param tunnel IPv4 address of the tunnel's end on this side
 * @param port port, or whatever the transport has in its place, 0–65535
 */
record Host(MacAddress mac, InetAddress address, InetAddress tunnel, int port) {}
