package org.fusedpcap.testkit.traffic;

import java.util.Random;

/**
 * A stream of frames, the same for the same {@link TrafficSpec}. For one thread.
 *
 * <pre>{@code
 * Traffic traffic = new Traffic(TrafficSpec.ofSeed(7));
 * byte[] frame = new byte[Traffic.LONGEST_FRAME];
 * int length = traffic.next(frame, 0);
 * }</pre>
 */
public final class Traffic implements FrameSource {

    private static final int PERMILLE = 1000;

    private final TrafficSpec spec;
    private final Random random;
    private final ConversationPlan plan;
    private final Talk[] talks;
    private final Fragments fragments = new Fragments();
    private final int odd;
    private long sequence;

    /** The traffic of {@code spec}, from its first frame on. */
    public Traffic(TrafficSpec spec) {
        this.spec = spec;
        this.random = new Random(spec.seed());
        this.plan = new ConversationPlan(spec);
        this.talks = new Talk[spec.conversations()];
        this.odd =
                spec.profile().junkPermille()
                        + spec.profile().icmpErrorPermille()
                        + spec.profile().fragmentPermille();
        this.sequence = spec.firstSequence();
    }

    /** Sequence number of the frame that {@link #next} will write. */
    public long sequence() {
        return sequence;
    }

    @Override
    public int next(byte[] out, int offset) {
        long now = sequence++;
        if (fragments.isDue(now)) {
            return fragments.next(now, out, offset);
        }
        Talk talk = talk(random.nextInt(talks.length));
        int draw = random.nextInt(PERMILLE);
        if (draw >= odd) {
            return talk.next(random, now, out, offset);
        }
        Profile profile = spec.profile();
        if (draw < profile.junkPermille()) {
            return Junk.write(spec.link(), random, now, out, offset);
        }
        if (draw < profile.junkPermille() + profile.icmpErrorPermille()) {
            return talk.error(random, now, out, offset);
        }
        return fragment(talk, now, out, offset);
    }

    private int fragment(Talk talk, long now, byte[] out, int offset) {
        if (talk.conversation().transport() != Transport.UDP) {
            return talk.next(random, now, out, offset);
        }
        fragments.send(talk, random, now);
        return fragments.next(now, out, offset);
    }

    private Talk talk(int id) {
        Talk talk = talks[id];
        if (talk == null) {
            talk = Talk.of(plan.conversation(id), spec.sizes());
            talks[id] = talk;
        }
        return talk;
    }
}
