package org.fusedpcap.cluster.flow;

import java.nio.ByteBuffer;

/**
 * Says which member of a cluster a frame belongs to. Both directions of a conversation, all
 * fragments of its datagrams and the ICMP errors about them have the same hash, and so the same
 * member.
 *
 * <p>Every frame has a hash, however damaged or strange it is; no method throws for what a frame
 * contains, waits, or takes longer than microseconds. Nothing is allocated per frame, except for
 * the few headers that pcap4j reads.
 *
 * <p>One instance serves one cluster, because it remembers the datagrams of its stream; it is given
 * the frames of the stream one by one, in order. Not thread-safe: used by one thread at a time,
 * with a happens-before from one to the next. {@link #counters()} may be read by any thread.
 *
 * <p>A fragment can come before the first fragment of its datagram, which alone has the ports. So
 * the classifier may be told what comes later in the stream, by {@link #learn}: either on demand,
 * through {@link LookAhead}, or for every record some blocks before it is classified. How far ahead
 * is the caller's choice; what is not found there is guessed, and counted.
 */
public final class FlowClassifier {

    private final FlowCounters counters = new FlowCounters();
    private final FlowKeyHash hashes;
    private final FragmentPlacer placer;
    private final Dissection frame;
    private final FrameReader reader;
    private final Dissection aheadFrame;
    private final FrameReader aheadReader;
    private int now;

    /**
     * @param linkType LINKTYPE_ value of the stream
     * @param mode which fields choose the member
     * @param tunnel which headers of a tunnelled packet do
     * @param lookAhead where to find records behind the current one, {@link LookAhead#NONE} if
     *     nowhere
     * @throws IllegalArgumentException if the link type is not supported
     */
    public FlowClassifier(int linkType, ClusterMode mode, TunnelMode tunnel, LookAhead lookAhead) {
        this(mode, tunnel, lookAhead);
        if (!supports(linkType)) {
            throw new IllegalArgumentException("link type " + linkType + " is not supported");
        }
        linkType(linkType);
        upcomingLinkType(linkType);
    }

    /**
     * A classifier for a stream whose frames may have several link types, which are told by {@link
     * #linkType} and {@link #upcomingLinkType}. A conversation has the same hash in each of them.
     *
     * @param mode which fields choose the member
     * @param tunnel which headers of a tunnelled packet do
     * @param lookAhead where to find records behind the current one, {@link LookAhead#NONE} if
     *     nowhere
     */
    public FlowClassifier(ClusterMode mode, TunnelMode tunnel, LookAhead lookAhead) {
        HeaderReader declined = new Pcap4jLlc(counters);
        this.hashes = new FlowKeyHash(mode);
        this.placer = new FragmentPlacer(this, lookAhead, counters);
        this.frame = new Dissection(mode, tunnel, declined);
        this.reader = new FrameReader(frame);
        this.aheadFrame = new Dissection(mode, tunnel, declined);
        this.aheadReader = new FrameReader(aheadFrame);
    }

    /**
     * Says which link type the frames have that are classified from now on. Those of one that is
     * not supported all have the same hash.
     *
     * @param linkType LINKTYPE_ value, or negative where it is not known
     */
    public void linkType(int linkType) {
        reader.linkType(linkType);
    }

    /** The same for the frames that are {@linkplain #learn learned} from now on. */
    public void upcomingLinkType(int linkType) {
        aheadReader.linkType(linkType);
    }

    /**
     * Whether frames of a link type can be told apart by flow.
     *
     * @param linkType LINKTYPE_ value
     */
    public static boolean supports(int linkType) {
        return Layer.ofLinkType(linkType) != Layer.DONE;
    }

    /**
     * The member that the next frame of the stream belongs to.
     *
     * @param buffer holds the frame, direct or not, in any byte order; position and limit are left
     *     alone
     * @param offset where the frame's bytes begin, absolute in {@code buffer}, inside its limit
     * @param capturedLength number of the frame's bytes that are there; more than the buffer has
     *     are taken for cut
     * @param originalLength length of the frame on the wire, in bytes, as the record says it
     * @param members number of members, 1 or more
     * @return 0 to {@code members - 1}
     */
    public int memberOf(
            ByteBuffer buffer, int offset, int capturedLength, int originalLength, int members) {
        return FlowHash.member(hash(buffer, offset, capturedLength, originalLength), members);
    }

    /** The hash of the next frame of the stream; parameters as for {@link #memberOf}. */
    public long hash(ByteBuffer buffer, int offset, int capturedLength, int originalLength) {
        now++;
        reader.read(buffer, offset, capturedLength, originalLength);
        if (frame.cursor.isDamaged()) {
            counters.damagedFrame();
        }
        FragmentTrail trail = frame.fragments;
        long hash = trail.isLater() ? placeLater(trail) : hashes.of(frame.key);
        if (trail.firstCount() != 0) {
            placer.placeFirsts(trail, hash, now);
        }
        return hash;
    }

    private long placeLater(FragmentTrail trail) {
        return frame.isQuoted() ? placer.findQuoted(trail, now) : placer.placeLater(trail, now);
    }

    /**
     * Remembers a frame that comes later in the stream, if it is the first fragment of a datagram;
     * costs next to nothing if it is not. Each frame is learned once at most, in order, and before
     * it is classified. Parameters as for {@link #memberOf}.
     */
    public void learn(ByteBuffer buffer, int offset, int capturedLength, int originalLength) {
        aheadReader.readFirstFragment(buffer, offset, capturedLength, originalLength);
        FragmentTrail trail = aheadFrame.fragments;
        if (trail.firstCount() != 0 && !trail.isLater()) {
            placer.learnFirsts(trail, hashes.of(aheadFrame.key), now);
        }
    }

    /** What this classifier counts. */
    public FlowCounters counters() {
        return counters;
    }
}
