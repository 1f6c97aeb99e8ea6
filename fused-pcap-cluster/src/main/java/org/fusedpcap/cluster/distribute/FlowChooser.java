package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.fusedpcap.cluster.flow.ClusterMode;
import org.fusedpcap.cluster.flow.FlowClassifier;
import org.fusedpcap.cluster.flow.FlowCounters;
import org.fusedpcap.cluster.flow.TunnelMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses members by flow. Used by one thread at a time, except for {@link #counters}. */
public final class FlowChooser implements MemberChooser {

    private static final Logger LOG = LoggerFactory.getLogger(FlowChooser.class);

    private final FlowClassifier classifier;

    /** Link types that the log has named. */
    private final BitSet named = new BitSet();

    private final int members;
    private UpcomingPackets upcoming = () -> false;

    /**
     * @param linkType LINKTYPE_ value of the stream, one that {@link FlowClassifier#supports}
     * @param mode which fields choose the member
     * @param tunnel which headers of a tunnelled packet do
     * @param members number of members
     */
    public FlowChooser(int linkType, ClusterMode mode, TunnelMode tunnel, int members) {
        this.classifier = new FlowClassifier(linkType, mode, tunnel, asking -> upcoming.showMore());
        this.members = members;
    }

    /**
     * For a stream whose link types are told as it goes on.
     *
     * @param mode which fields choose the member
     * @param tunnel which headers of a tunnelled packet do
     * @param members number of members
     */
    public FlowChooser(ClusterMode mode, TunnelMode tunnel, int members) {
        this.classifier = new FlowClassifier(mode, tunnel, asking -> upcoming.showMore());
        this.members = members;
    }

    @Override
    public void linkType(int linkType) {
        classifier.linkType(linkType);
        if (linkType >= 0 && !FlowClassifier.supports(linkType) && !named.get(linkType)) {
            named.set(linkType);
            LOG.warn(
                    "packets of link type {} cannot be told apart by flow: one member gets all",
                    linkType);
        }
    }

    @Override
    public void upcomingLinkType(int linkType) {
        classifier.upcomingLinkType(linkType);
    }

    @Override
    public int memberOf(
            ByteBuffer buffer, int packetOffset, int capturedLength, int originalLength) {
        return classifier.memberOf(buffer, packetOffset, capturedLength, originalLength, members);
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public void lookAheadAt(UpcomingPackets packets) {
        upcoming = packets;
    }

    @Override
    public void learn(ByteBuffer buffer, int packetOffset, int capturedLength) {
        classifier.learn(buffer, packetOffset, capturedLength, capturedLength);
    }

    /** What is counted of the frames. */
    public FlowCounters counters() {
        return classifier.counters();
    }
}
