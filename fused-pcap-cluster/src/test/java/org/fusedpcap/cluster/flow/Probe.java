package org.fusedpcap.cluster.flow;

import java.nio.ByteBuffer;
import org.fusedpcap.cluster.pcap.LinkTypes;

/** Asks for the keys and hashes of frames of one link type, in one mode. */
final class Probe {

    /** Taken from the property {@code test.seed}, to try others. */
    static final long SEED = Long.getLong("test.seed", 20_261_122L);

    private final int linkType;
    private final ClusterMode mode;
    private final TunnelMode tunnel;

    Probe(int linkType, ClusterMode mode, TunnelMode tunnel) {
        this.linkType = linkType;
        this.mode = mode;
        this.tunnel = tunnel;
    }

    static Probe ofLinkType(int linkType) {
        return new Probe(linkType, ClusterMode.VLAN_IP_PORT, TunnelMode.OUTER);
    }

    static Probe ofEthernet() {
        return ofLinkType(LinkTypes.ETHERNET);
    }

    static Probe ofEthernet(ClusterMode mode) {
        return new Probe(LinkTypes.ETHERNET, mode, TunnelMode.OUTER);
    }

    static Probe ofInner() {
        return new Probe(LinkTypes.ETHERNET, ClusterMode.VLAN_IP_PORT, TunnelMode.INNER);
    }

    /** The key of a frame that stands for itself, in words. */
    String key(byte[] bytes) {
        Dissection frame = new Dissection(mode, tunnel, new Pcap4jLlc(new FlowCounters()));
        FrameReader reader = new FrameReader(frame);
        reader.linkType(linkType);
        reader.read(ByteBuffer.wrap(bytes), 0, bytes.length, bytes.length);
        return KeyText.of(frame.key, mode);
    }

    FlowClassifier classifier() {
        return new FlowClassifier(linkType, mode, tunnel, LookAhead.NONE);
    }

    /** The hash of a frame that is the first of its stream. */
    long hash(byte[] bytes) {
        return hash(classifier(), bytes);
    }

    static long hash(FlowClassifier classifier, byte[] bytes) {
        return classifier.hash(ByteBuffer.wrap(bytes), 0, bytes.length, bytes.length);
    }
}
