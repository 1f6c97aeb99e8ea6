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

    private final TrafficSpec spec;
    private final Random random;
    private final ConversationPlan plan;
    private final Talk[] talks;
    private long sequence;

    /** The traffic of {@code spec}, from its first frame on. */
    public Traffic(TrafficSpec spec) {
        this.spec = spec;
        this.random = new Random(spec.seed());
        this.plan = new ConversationPlan(spec.seed(), spec.profile());
        this.talks = new Talk[spec.conversations()];
        this.sequence = spec.firstSequence();
    }

    /** Sequence number of the frame that {@link #next} will write. */
    public long sequence() {
        return sequence;
    }

    @Override
    public int next(byte[] out, int offset) {
        return talk(random.nextInt(talks.length)).next(random, sequence++, out, offset);
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
