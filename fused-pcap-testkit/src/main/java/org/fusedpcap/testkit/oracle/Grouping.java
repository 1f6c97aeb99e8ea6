package org.fusedpcap.testkit.oracle;

import java.util.OptionalLong;
import org.fusedpcap.testkit.traffic.FrameKind;
import org.fusedpcap.testkit.traffic.Marker;

/**
 * Which packets must stay together when a stream is split among members. Immutable.
 *
 * @param vlan the VLAN tags are looked at
 * @param addresses the pair of addresses is looked at
 * @param ports the ports are looked at
 * @param inner the innermost headers are looked at, not those of the tunnel
 */
public record Grouping(boolean vlan, boolean addresses, boolean ports, boolean inner) {

    private static final int VLAN_SHIFT = 32;
    private static final long TUNNEL = 1L << 24;

    /**
     * What a cluster mode keeps together.
     *
     * @param mode 0 = vlan+ip+port, 1 = vlan, 2 = ip, 3 = vlan+ip, 4 = ip+port
     * @param inner whether the innermost headers of a tunnel count
     * @throws IllegalArgumentException if there is no such mode
     */
    public static Grouping ofMode(int mode, boolean inner) {
        return switch (mode) {
            case 0 -> new Grouping(true, true, true, inner);
            case 1 -> new Grouping(true, false, false, inner);
            case 2 -> new Grouping(false, true, false, inner);
            case 3 -> new Grouping(true, true, false, inner);
            case 4 -> new Grouping(false, true, true, inner);
            default -> throw new IllegalArgumentException("modes are 0 to 4, not " + mode);
        };
    }

    /** The group of a packet; empty if it may go anywhere. */
    public OptionalLong group(Marker marker) {
        if (marker.kind() == FrameKind.JUNK) {
            return OptionalLong.empty();
        }
        long group = vlan ? (long) marker.vlan() << VLAN_SHIFT : 0;
        return OptionalLong.of(addresses ? group | hosts(marker) : group);
    }

    // Seen from outside, all conversations of a pair of addresses are one: the tunnel's.
    private long hosts(Marker marker) {
        boolean outer = marker.tunnelled() && !inner;
        if (ports && !outer) {
            return marker.conversation();
        }
        return marker.pair() | (outer ? TUNNEL : 0);
    }
}
