package org.fusedpcap.testkit.traffic;

import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.IpNumber;

/**
 * What an IP packet carries: a transport header, room for the marker, filler. All offsets count
 * from the first byte behind the IP header.
 *
 * @param builder builds it, right lengths and checksum included
 * @param protocol what IP calls it
 * @param markerOffset where the marker goes
 * @param checksumOffset where the checksum is; anything if there is none
 * @param checksum which one
 * @param sequenceOffset where the transport's own sequence number is; {@link #NO_SEQUENCE} if it
 *     has none. An acknowledgement number stands behind it if {@code checksum} is {@link
 *     Checksum#INTERNET}.
 * @param filler number of bytes of {@link Filler} at the end
 */
record Message(
        Packet.Builder builder,
        IpNumber protocol,
        int markerOffset,
        int checksumOffset,
        Checksum checksum,
        int sequenceOffset,
        int filler) {

    /** The transport has no sequence number. */
    static final int NO_SEQUENCE = -1;

    /** Makes the message with so much filler. */
    @FunctionalInterface
    interface Maker {
        Message make(int filler);
    }
}
