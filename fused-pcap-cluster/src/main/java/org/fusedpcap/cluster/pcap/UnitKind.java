package org.fusedpcap.cluster.pcap;

/** What a unit of a capture is to the programs that read it. */
public enum UnitKind {
    /** Holds a packet. */
    PACKET,

    /** Holds something else. */
    OTHER,

    /** They stop there with an error, and have nothing of all that follows. */
    UNREADABLE
}
