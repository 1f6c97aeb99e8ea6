package org.fusedpcap.cluster.flow;

/**
 * What was found in one frame of the fields that can choose its member. Mutable and reused from
 * frame to frame.
 */
final class FlowKey {

    /** No address of any kind was found. */
    static final int NOTHING = 0;

    /** A frame without IP: the MAC pair and the EtherType. */
    static final int LINK = 1;

    static final int IPV4 = 4;
    static final int IPV6 = 6;

    private static final int MAX_VLANS = 16;

    private final boolean inner;
    private final int[] vlans = new int[MAX_VLANS];
    private int vlanCount;

    private int kind;
    private boolean linkSeen;
    private boolean linkClosed;
    private int etherType;
    private int protocol;

    private long sourceHigh;
    private long source;
    private int sourcePort;
    private long destinationHigh;
    private long destination;
    private int destinationPort;

    FlowKey(TunnelMode tunnel) {
        this.inner = tunnel == TunnelMode.INNER;
    }

    void clear() {
        kind = NOTHING;
        linkSeen = false;
        linkClosed = false;
        clearLink();
    }

    private void clearLink() {
        etherType = 0;
        protocol = 0;
        vlanCount = 0;
        setEndpoints(0, 0, 0, 0);
    }

    /**
     * A link layer begins: the frame's own one, or that of an Ethernet frame inside, which counts
     * with {@link TunnelMode#INNER} only.
     *
     * @param sourceMac 0 if the link layer has no addresses, or that of one side only
     * @param destinationMac as {@code sourceMac}
     */
    void link(long sourceMac, long destinationMac) {
        if (linkSeen && !inner) {
            linkClosed = true;
            return;
        }
        clearLink();
        linkSeen = true;
        kind = LINK;
        source = sourceMac;
        destination = destinationMac;
    }

    /** The type of what the link layer carries; the first one of a layer counts. */
    void etherType(int type) {
        if (isLinkOpen() && etherType == 0) {
            etherType = type;
        }
    }

    /** One more tag, from the outside in. A priority tag (id 0) puts a frame into no VLAN. */
    void vlan(int id) {
        if (isLinkOpen() && id != 0 && vlanCount < MAX_VLANS) {
            vlans[vlanCount++] = id;
        }
    }

    private boolean isLinkOpen() {
        return kind == LINK && !linkClosed;
    }

    void ipv4(int sourceAddress, int destinationAddress, int ipProtocol) {
        kind = IPV4;
        protocol = ipProtocol;
        setEndpoints(0, sourceAddress & 0xffff_ffffL, 0, destinationAddress & 0xffff_ffffL);
    }

    void ipv6(long fromHigh, long from, long toHigh, long to, int nextHeader) {
        kind = IPV6;
        protocol = nextHeader;
        setEndpoints(fromHigh, from, toHigh, to);
    }

    private void setEndpoints(long fromHigh, long from, long toHigh, long to) {
        sourceHigh = fromHigh;
        source = from;
        sourcePort = 0;
        destinationHigh = toHigh;
        destination = to;
        destinationPort = 0;
    }

    /** The protocol behind some more extension headers. */
    void protocol(int ipProtocol) {
        protocol = ipProtocol;
    }

    void ports(int ofSource, int ofDestination) {
        sourcePort = ofSource;
        destinationPort = ofDestination;
    }

    int kind() {
        return kind;
    }

    /** 0 if there is none. */
    int etherType() {
        return etherType;
    }

    int protocol() {
        return protocol;
    }

    int vlanCount() {
        return vlanCount;
    }

    int vlanId(int index) {
        return vlans[index];
    }

    /** Upper half of an IPv6 address, else 0. */
    long sourceHigh() {
        return sourceHigh;
    }

    /** Lower half of an IPv6 address, an IPv4 or a MAC address. */
    long source() {
        return source;
    }

    int sourcePort() {
        return sourcePort;
    }

    long destinationHigh() {
        return destinationHigh;
    }

    long destination() {
        return destination;
    }

    int destinationPort() {
        return destinationPort;
    }
}
