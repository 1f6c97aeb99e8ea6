package org.fusedpcap.cluster.flow;

/**
 * One frame being read: where the reading is, and what has been found. Reused from frame to frame;
 * the header readers work on its parts.
 */
final class Dissection {

    final HeaderCursor cursor = new HeaderCursor();
    final FlowKey key;
    final FragmentTrail fragments;

    /** Reads the headers that the readers of this package decline. */
    final HeaderReader declined;

    private final boolean inner;
    private final boolean needsIp;
    private boolean quoted;
    private boolean onlyFragments;

    Dissection(ClusterMode mode, TunnelMode tunnel, HeaderReader declined) {
        this.key = new FlowKey(tunnel);
        this.fragments = new FragmentTrail(this, mode, tunnel);
        this.declined = declined;
        this.inner = tunnel == TunnelMode.INNER;
        this.needsIp = inner || mode.usesIp();
    }

    void begin(boolean forFragmentsOnly) {
        onlyFragments = forFragmentsOnly;
        quoted = false;
        key.clear();
        fragments.clear();
    }

    /**
     * Moves on to what an IP header carries.
     *
     * @param later whether this is a fragment other than the first, which begins in the middle
     */
    void readIpPayload(int headerLength, int protocol, boolean later) {
        if (later || onlyFragments && !inner && fragments.firstCount() == 0) {
            cursor.stop();
        } else {
            cursor.next(Layer.IP_PAYLOAD, headerLength, protocol);
        }
    }

    boolean looksIntoTunnels() {
        return inner;
    }

    /** Whether the mode can depend on anything behind the link layer. */
    boolean needsIp() {
        return needsIp;
    }

    /** What follows is the beginning of another packet, quoted by an ICMP error. */
    void quote() {
        quoted = true;
    }

    boolean isQuoted() {
        return quoted;
    }
}
