package org.fusedpcap.cluster.flow;

import static org.fusedpcap.cluster.flow.FlowHash.absorb;

/**
 * Turns a key into 64-bit words and hashes them, in this order:
 *
 * <ol>
 *   <li>with VLAN in the mode: the VLAN ids folded into one word, {@code v = 0}, then {@code v =
 *       absorb(v, id)} for each tag from the outside in; so 0 without a tag;
 *   <li>with IP in the mode: {@code kind << 32 | number}; kind and number are 0 and 0 (nothing
 *       found), 1 and the EtherType (0 if there is none), 4 or 6 and the IP protocol (0 if ports
 *       are not in the mode);
 *   <li>with IP in the mode and something found: the two endpoints, the lower one first, as
 *       unsigned numbers. With kind 1 an endpoint is the MAC address, with kind 4 {@code address <<
 *       16 | port}, with kind 6 two words of address; there a word {@code port << 16 | port}
 *       follows both, the lower endpoint's port first. Ports are 0 where the protocol or the mode
 *       has none.
 * </ol>
 */
final class FlowKeyHash {

    private final boolean usesVlan;
    private final boolean usesIp;
    private final boolean usesPort;

    FlowKeyHash(ClusterMode mode) {
        this.usesVlan = mode.usesVlan();
        this.usesIp = mode.usesIp();
        this.usesPort = mode.usesPort();
    }

    /** The hash of all fields that the mode takes. */
    long of(FlowKey key) {
        return usesPort ? hash(key, key.sourcePort(), key.destinationPort()) : hash(key, 0, 0);
    }

    /** The hash that a packet between these hosts has if no ports are known of it. */
    long withoutPorts(FlowKey key) {
        return hash(key, 0, 0);
    }

    /**
     * A number for the datagram that the IP header read last belongs to: from source, destination
     * and identification, with IPv4 the protocol too (RFC 791, RFC 8200 section 4.5), and with the
     * VLAN stack if it is in the mode. Never 0.
     */
    long datagramTag(FlowKey key, int identification) {
        long tag = absorb(key.kind(), usesVlan ? vlanWord(key) : 0);
        tag = absorb(tag, key.sourceHigh());
        tag = absorb(tag, key.source());
        tag = absorb(tag, key.destinationHigh());
        tag = absorb(tag, key.destination());
        long protocol = key.kind() == FlowKey.IPV4 ? (long) key.protocol() << 32 : 0;
        tag = absorb(tag, protocol | identification & 0xffff_ffffL);
        return tag == 0 ? 1 : tag;
    }

    private long hash(FlowKey key, int sourcePort, int destinationPort) {
        long hash = usesVlan ? absorb(0, vlanWord(key)) : 0;
        if (!usesIp) {
            return hash;
        }
        hash = absorb(hash, (long) key.kind() << 32 | number(key));
        return switch (key.kind()) {
            case FlowKey.LINK -> absorbPair(hash, key.source(), key.destination());
            case FlowKey.IPV4 ->
                    absorbPair(
                            hash,
                            key.source() << 16 | sourcePort,
                            key.destination() << 16 | destinationPort);
            case FlowKey.IPV6 -> absorbIpv6(hash, key, sourcePort, destinationPort);
            default -> hash;
        };
    }

    private int number(FlowKey key) {
        if (key.kind() == FlowKey.LINK) {
            return key.etherType();
        }
        return usesPort ? key.protocol() : 0;
    }

    private static long vlanWord(FlowKey key) {
        long word = 0;
        for (int i = 0; i < key.vlanCount(); i++) {
            word = absorb(word, key.vlanId(i));
        }
        return word;
    }

    private static long absorbPair(long hash, long one, long other) {
        boolean ordered = Long.compareUnsigned(one, other) <= 0;
        long withLower = absorb(hash, ordered ? one : other);
        return absorb(withLower, ordered ? other : one);
    }

    private static long absorbIpv6(long hash, FlowKey key, int sourcePort, int destinationPort) {
        if (isSourceLower(key, sourcePort, destinationPort)) {
            long withSource = absorb(absorb(hash, key.sourceHigh()), key.source());
            long withBoth = absorb(absorb(withSource, key.destinationHigh()), key.destination());
            return absorb(withBoth, (long) sourcePort << 16 | destinationPort);
        }
        long withDestination = absorb(absorb(hash, key.destinationHigh()), key.destination());
        long withBoth = absorb(absorb(withDestination, key.sourceHigh()), key.source());
        return absorb(withBoth, (long) destinationPort << 16 | sourcePort);
    }

    private static boolean isSourceLower(FlowKey key, int sourcePort, int destinationPort) {
        if (key.sourceHigh() != key.destinationHigh()) {
            return Long.compareUnsigned(key.sourceHigh(), key.destinationHigh()) < 0;
        }
        if (key.source() != key.destination()) {
            return Long.compareUnsigned(key.source(), key.destination()) < 0;
        }
        return sourcePort <= destinationPort;
    }
}
