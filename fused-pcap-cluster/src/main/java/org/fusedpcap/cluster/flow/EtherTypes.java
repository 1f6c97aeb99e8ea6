package org.fusedpcap.cluster.flow;

/**
 * What follows an EtherType.
 *
 * @see <a href="https://www.iana.org/assignments/ieee-802-numbers">IEEE 802 numbers</a>
 */
final class EtherTypes {

    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int TRANSPARENT_ETHERNET = 0x6558;
    static final int VLAN = 0x8100;
    static final int IPV6 = 0x86dd;
    static final int MPLS = 0x8847;
    static final int MPLS_UPSTREAM = 0x8848;
    static final int PPPOE_DISCOVERY = 0x8863;
    static final int PPPOE_SESSION = 0x8864;
    static final int PROVIDER_VLAN = 0x88a8;
    static final int OLD_PROVIDER_VLAN = 0x9100;

    /** Up to here a type is none, but the length of an IEEE 802.3 frame, in bytes. */
    static final int LARGEST_LENGTH = 1500;

    private EtherTypes() {}

    /** Moves on to what a type stands for, which begins {@code headerLength} bytes further on. */
    static void follow(Dissection frame, int headerLength, int type) {
        Layer layer = layer(type);
        if (layer != Layer.VLAN) {
            frame.key.etherType(type);
        }
        frame.cursor.next(layer, headerLength);
    }

    private static Layer layer(int type) {
        return switch (type) {
            case IPV4 -> Layer.IPV4;
            case IPV6 -> Layer.IPV6;
            case VLAN, PROVIDER_VLAN, OLD_PROVIDER_VLAN -> Layer.VLAN;
            case MPLS, MPLS_UPSTREAM -> Layer.MPLS;
            case PPPOE_SESSION -> Layer.PPPOE;
            case TRANSPARENT_ETHERNET -> Layer.ETHERNET;
            default -> Layer.DONE;
        };
    }

    /** Whether a type is one that a frame inside MPLS is likely to have. */
    static boolean isCommon(int type) {
        return layer(type) != Layer.DONE || type == ARP || type == PPPOE_DISCOVERY;
    }
}
