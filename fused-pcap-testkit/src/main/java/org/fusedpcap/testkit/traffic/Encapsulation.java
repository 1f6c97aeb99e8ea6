package org.fusedpcap.testkit.traffic;

/** What stands between the Ethernet header and the IP packet of a conversation. */
public enum Encapsulation {
    /** Nothing. */
    NONE,
    /** Generic routing encapsulation over IPv4 (RFC 2784). */
    GRE,
    /** IPv4 or IPv6 in IPv4 (RFC 2003, RFC 4213). */
    IP_IN_IP,
    /** Ethernet in UDP port 4789 (RFC 7348). */
    VXLAN,
    /** Ethernet in UDP port 6081 (RFC 8926). */
    GENEVE,
    /** User plane of mobile networks, UDP port 2152 (3GPP TS 29.281). */
    GTP_U,
    /** Two labels (RFC 3032). */
    MPLS,
    /** A session with PPP (RFC 2516). */
    PPPOE;

    /** Whether the outer header has IP addresses of its own. */
    boolean isIpTunnel() {
        return this != NONE && this != MPLS && this != PPPOE;
    }
}
