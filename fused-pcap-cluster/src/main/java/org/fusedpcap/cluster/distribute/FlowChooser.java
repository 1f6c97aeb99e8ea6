package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import org.fusedpcap.cluster.flow.ClusterMode;
import org.fusedpcap.cluster.flow.FlowClassifier;
import org.fusedpcap.cluster.flow.FlowCounters;
import org.fusedpcap.cluster.flow.TunnelMode;

/** Chooses members by flow. Used by one thread at a time, except for {@link #counters}. */
public final class FlowChooser implements MemberChooser {

    private final FlowClassifier classifier;
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
