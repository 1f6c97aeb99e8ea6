package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.cluster.Choices;

/**
 * Frames in a row, many of them fragments, through a classifier that looks ahead: each has a member,
 * and the same stream has the same members again.
 */
public final class FrameStreamFuzz {

    private static final int LONGEST = 96;
    private static final int AHEAD = 3;

    private final ClassifierChoice choice;
    private final List<byte[]> frames;
    private int learned;

    private FrameStreamFuzz(ClassifierChoice choice, List<byte[]> frames) {
        this.choice = choice;
        this.frames = frames;
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Choices choices = new Choices(input);
        ClassifierChoice choice = ClassifierChoice.of(choices);
        List<byte[]> frames = new ArrayList<>();
        while (choices.left() > 0) {
            byte[] last = frames.isEmpty() ? new byte[0] : frames.get(frames.size() - 1);
            frames.add(next(choices, last));
        }
        FrameStreamFuzz stream = new FrameStreamFuzz(choice, frames);
        assertThat(stream.hashes()).isEqualTo(stream.hashes());
    }

    // Fragments of one datagram differ in a few bytes of their headers.
    private static byte[] next(Choices choices, byte[] last) {
        if (last.length == 0 || choices.below(4) == 0) {
            return choices.bytes(1 + choices.below(LONGEST));
        }
        byte[] frame = last.clone();
        for (int changes = choices.below(5); changes > 0; changes--) {
            frame[choices.below(frame.length)] = (byte) choices.below(256);
        }
        return frame;
    }

    private List<Long> hashes() {
        List<Long> hashes = new ArrayList<>();
        FlowClassifier classifier = choice.classifier(this::learnMore);
        learned = 0;
        for (int i = 0; i < frames.size(); i++) {
            learned = Math.max(learned, i + 1);
            byte[] frame = frames.get(i);
            hashes.add(classifier.hash(ByteBuffer.wrap(frame), 0, frame.length, frame.length));
        }
        return hashes;
    }

    private boolean learnMore(FlowClassifier classifier) {
        int end = Math.min(frames.size(), learned + AHEAD);
        boolean any = learned < end;
        for (; learned < end; learned++) {
            byte[] frame = frames.get(learned);
            classifier.learn(ByteBuffer.wrap(frame), 0, frame.length, frame.length);
        }
        return any;
    }
}
