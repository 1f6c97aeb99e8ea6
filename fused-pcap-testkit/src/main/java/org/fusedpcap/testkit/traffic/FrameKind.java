package org.fusedpcap.testkit.traffic;

/** What a frame is to its conversation. The ordinals are part of the {@link Marker}'s layout. */
public enum FrameKind {
    /** A whole packet of the conversation. */
    PLAIN,
    /** The first fragment of a datagram, the one with the ports. */
    FIRST_FRAGMENT,
    /** Any other fragment of a datagram. */
    LATER_FRAGMENT,
    /** An ICMP error that quotes a packet of the conversation. */
    ICMP_ERROR,
    /** A frame of no conversation: cut, odd or made of noise. */
    JUNK
}
