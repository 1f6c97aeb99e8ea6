package org.fusedpcap.testkit.traffic;

/**
 * What traffic to make. The same values give the same frames, in every JVM. Immutable.
 *
 * @param seed where all chance comes from
 * @param profile what it is made of
 * @param sizes how long frames are
 * @param link what is in front of the IP packets
 * @param conversations number of conversations, 1 to {@value #MAX_CONVERSATIONS}
 * @param firstSequence sequence number of the first frame, so that one run can go on where another
 *     ended
 */
public record TrafficSpec(
        long seed,
        Profile profile,
        FrameSizes sizes,
        Link link,
        int conversations,
        long firstSequence) {

    /** The most conversations. */
    public static final int MAX_CONVERSATIONS = 1_000_000;

    private static final int USUAL_CONVERSATIONS = 200;

    /** Checks the ranges. */
    public TrafficSpec {
        if (conversations < 1 || conversations > MAX_CONVERSATIONS) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_CONVERSATIONS + " conversations, not " + conversations);
        }
        if (firstSequence < 0 || firstSequence > Marker.MAX_SEQUENCE) {
            throw new IllegalArgumentException(
                    "sequence numbers are 0 to " + Marker.MAX_SEQUENCE + ", not " + firstSequence);
        }
    }

    /** 200 conversations of {@link Profile#MIXED} traffic in frames of about 770 bytes. */
    public static TrafficSpec ofSeed(long seed) {
        return new TrafficSpec(
                seed, Profile.MIXED, FrameSizes.MIX, Link.ETHERNET, USUAL_CONVERSATIONS, 0);
    }

    /** The same with another profile. */
    public TrafficSpec with(Profile other) {
        return new TrafficSpec(seed, other, sizes, link, conversations, firstSequence);
    }

    /** The same with other frame sizes. */
    public TrafficSpec with(FrameSizes other) {
        return new TrafficSpec(seed, profile, other, link, conversations, firstSequence);
    }

    /** The same on another link. */
    public TrafficSpec with(Link other) {
        return new TrafficSpec(seed, profile, sizes, other, conversations, firstSequence);
    }

    /** The same with another number of conversations. */
    public TrafficSpec withConversations(int number) {
        return new TrafficSpec(seed, profile, sizes, link, number, firstSequence);
    }

    /** The same from another sequence number on. */
    public TrafficSpec from(long sequence) {
        return new TrafficSpec(seed, profile, sizes, link, conversations, sequence);
    }
}
