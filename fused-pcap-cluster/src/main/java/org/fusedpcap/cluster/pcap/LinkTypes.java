package org.fusedpcap.cluster.pcap;

/**
 * LINKTYPE_ values.
 *
 * @see <a href="https://www.tcpdump.org/linktypes.html">Link-layer header types</a>
 */
public final class LinkTypes {

    /** BSD loopback, the family in the writer's byte order. */
    public static final int NULL = 0;

    /** Ethernet. */
    public static final int ETHERNET = 1;

    /** PPP, with HDLC framing or without. */
    public static final int PPP = 9;

    /** PPP in HDLC-like framing. */
    public static final int PPP_HDLC = 50;

    /** PPPoE session. */
    public static final int PPP_ETHER = 51;

    /** Raw IP, version 4 or 6. */
    public static final int RAW = 101;

    /** 802.11. */
    public static final int IEEE802_11 = 105;

    /** OpenBSD loopback, the family in network byte order. */
    public static final int LOOP = 108;

    /** Linux cooked capture, version 1. */
    public static final int LINUX_SLL = 113;

    /** 802.11 behind a radiotap header. */
    public static final int IEEE802_11_RADIOTAP = 127;

    /** Raw IPv4. */
    public static final int IPV4 = 228;

    /** Raw IPv6. */
    public static final int IPV6 = 229;

    /** Linux cooked capture, version 2. */
    public static final int LINUX_SLL2 = 276;

    private static final int DBUS = 231;
    private static final int USBPCAP = 249;
    private static final int EBHSCR = 279;

    private static final int MIB = 1024 * 1024;

    private LinkTypes() {}

    /**
     * The longest packet of a link type, in bytes, as libpcap takes it.
     *
     * @param linkType LINKTYPE_ value
     */
    public static int largestPacket(int linkType) {
        return switch (linkType) {
            case DBUS, USBPCAP -> 128 * MIB;
            case EBHSCR -> 8 * MIB;
            default -> PcapFormat.MAX_SNAPLEN;
        };
    }
}
