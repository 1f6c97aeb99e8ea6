package org.fusedpcap.cluster.flow;

/** Sees with two loads that most Ethernet frames are no fragment of anything. */
final class Glance {

    private static final int TYPE = 12;
    private static final int IPV4_FRAGMENT = EthernetHeader.LENGTH + 6;
    private static final int IPV4_FRAGMENT_MASK = 0x3fff;
    private static final int IPV4_PROTOCOL = EthernetHeader.LENGTH + 9;
    private static final int IPV6_NEXT_HEADER = EthernetHeader.LENGTH + 6;

    private Glance() {}

    /** Whether the Ethernet frame at the cursor is certainly no fragment, nor has one inside. */
    static boolean isWhole(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(IPV4_PROTOCOL + 1)) {
            return false;
        }
        return switch (cursor.u16(TYPE)) {
            case EtherTypes.IPV4 ->
                    (cursor.u16(IPV4_FRAGMENT) & IPV4_FRAGMENT_MASK) == 0
                            && !canHoldAnother(frame, cursor.u8(IPV4_PROTOCOL));
            case EtherTypes.IPV6 -> {
                int nextHeader = cursor.u8(IPV6_NEXT_HEADER);
                yield !IpProtocols.isExtension(nextHeader) && !canHoldAnother(frame, nextHeader);
            }
            default -> false;
        };
    }

    private static boolean canHoldAnother(Dissection frame, int protocol) {
        return frame.looksIntoTunnels() && IpProtocols.isTunnel(protocol);
    }
}
