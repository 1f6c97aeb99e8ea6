package org.fusedpcap.cluster.flow;

/**
 * Of which datagrams the frame being read is a fragment: the first one of some (a tunnel's packet
 * and the packet inside can both be fragmented), and a later one of at most one, since nothing can
 * be read behind that. Only fragments are noted that need their first fragment to be placed.
 */
final class FragmentTrail {

    private static final int MAX_FIRSTS = 8;

    private final Dissection frame;
    private final FlowKeyHash hashes;
    private final boolean usesIp;
    private final boolean usesPort;
    private final boolean inner;

    private int firstCount;
    private final long[] firstTags = new long[MAX_FIRSTS];
    private final long[] firstPairs = new long[MAX_FIRSTS];
    private final int[] firstLengths = new int[MAX_FIRSTS];

    private boolean later;
    private long laterTag;
    private long laterPair;
    private int laterLength;
    private int laterTotal;

    FragmentTrail(Dissection frame, ClusterMode mode, TunnelMode tunnel) {
        this.frame = frame;
        this.hashes = new FlowKeyHash(mode);
        this.usesIp = mode.usesIp();
        this.usesPort = mode.usesPort();
        this.inner = tunnel == TunnelMode.INNER;
    }

    void clear() {
        firstCount = 0;
        later = false;
    }

    /**
     * The IP header being read is a fragment's; its addresses and protocol are in the key.
     *
     * @param start where its payload stands in the datagram's, in bytes
     * @param length its payload's length, in bytes
     * @param more whether fragments follow it
     */
    void here(int identification, int start, int length, boolean more) {
        if (!dependsOnFirst()) {
            return;
        }
        if (start != 0) {
            noteLater(identification, start, Math.max(0, length), more);
        } else if (!frame.isQuoted() && firstCount < MAX_FIRSTS) {
            noteFirst(identification, Math.max(0, length));
        }
    }

    private boolean dependsOnFirst() {
        int protocol = frame.key.protocol();
        return usesPort && IpProtocols.hasPorts(protocol)
                || usesIp && (protocol == IpProtocols.ICMP || protocol == IpProtocols.ICMPV6)
                || inner && IpProtocols.isTunnel(protocol)
                || frame.key.kind() == FlowKey.IPV6 && IpProtocols.isExtension(protocol);
    }

    private void noteFirst(int identification, int length) {
        firstTags[firstCount] = hashes.datagramTag(frame.key, identification);
        firstPairs[firstCount] = hashes.withoutPorts(frame.key);
        firstLengths[firstCount] = length;
        firstCount++;
    }

    private void noteLater(int identification, int start, int length, boolean more) {
        later = true;
        laterTag = hashes.datagramTag(frame.key, identification);
        laterPair = hashes.withoutPorts(frame.key);
        laterLength = length;
        laterTotal = more ? FragmentTable.UNKNOWN_TOTAL : start + length;
    }

    int firstCount() {
        return firstCount;
    }

    long firstTag(int index) {
        return firstTags[index];
    }

    /** Hash of the addresses and the protocol of the datagram. */
    long firstPair(int index) {
        return firstPairs[index];
    }

    /** Length of the fragment's payload, in bytes. */
    int firstLength(int index) {
        return firstLengths[index];
    }

    boolean isLater() {
        return later;
    }

    long laterTag() {
        return laterTag;
    }

    /** Hash of the addresses and the protocol of the datagram. */
    long laterPair() {
        return laterPair;
    }

    /** Length of the fragment's payload, in bytes. */
    int laterLength() {
        return laterLength;
    }

    /** Length of the datagram's payload, or {@link FragmentTable#UNKNOWN_TOTAL}. */
    int laterTotal() {
        return laterTotal;
    }
}
