package org.fusedpcap.testkit.traffic;

/** What a conversation speaks above IP. */
public enum Transport {
    /** Handshake, data both ways, farewell, and again from the same ports. */
    TCP,
    /** Datagrams both ways. */
    UDP,
    /** Questions and answers on port 53. */
    DNS,
    /** DATA chunks of one association. */
    SCTP,
    /** Echo requests and replies. */
    ICMP
}
