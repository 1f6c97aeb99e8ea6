package org.fusedpcap.cluster.flow;

/** Which headers of a tunnelled packet choose the member: the option {@code tunnel}. */
public enum TunnelMode {
    /**
     * The outermost IP header; MPLS and PPPoE, which have none of their own, are looked through.
     */
    OUTER,
    /** The innermost headers, as if the frame inside had been captured itself. */
    INNER
}
