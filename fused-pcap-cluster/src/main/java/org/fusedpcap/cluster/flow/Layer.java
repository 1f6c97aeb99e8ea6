package org.fusedpcap.cluster.flow;

import org.fusedpcap.cluster.pcap.LinkTypes;

/** What stands at a cursor's position: the kind of the header to be read next. */
enum Layer {
    /** Nothing more to read. */
    DONE,
    ETHERNET,
    COOKED_V1,
    COOKED_V2,
    LOOPBACK,
    RAW_IP,
    WIRELESS,
    RADIOTAP,
    PPP_LINK,
    PPPOE_LINK,
    PPP,
    PPPOE,
    /** A tag behind its TPID. */
    VLAN,
    MPLS,
    LLC,
    IPV4,
    IPV6,
    /** What an IP header carries; the cursor's number is the protocol. */
    IP_PAYLOAD;

    /**
     * What the frames of a link type begin with.
     *
     * @param linkType LINKTYPE_ value
     * @return {@link #DONE} if it is not supported
     */
    static Layer ofLinkType(int linkType) {
        return switch (linkType) {
            case LinkTypes.ETHERNET -> ETHERNET;
            case LinkTypes.LINUX_SLL -> COOKED_V1;
            case LinkTypes.LINUX_SLL2 -> COOKED_V2;
            case LinkTypes.NULL, LinkTypes.LOOP -> LOOPBACK;
            case LinkTypes.RAW -> RAW_IP;
            case LinkTypes.IPV4 -> IPV4;
            case LinkTypes.IPV6 -> IPV6;
            case LinkTypes.PPP, LinkTypes.PPP_HDLC -> PPP_LINK;
            case LinkTypes.PPP_ETHER -> PPPOE_LINK;
            case LinkTypes.IEEE802_11 -> WIRELESS;
            case LinkTypes.IEEE802_11_RADIOTAP -> RADIOTAP;
            default -> DONE;
        };
    }
}
