package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fusedpcap.cluster.Choices;

/**
 * Any bytes as one frame, on every link type and in every mode: the same frame has the same hash,
 * wherever it lies and whatever lies around it.
 */
public final class FrameFuzz {

    private static final int BEFORE = 5;

    private FrameFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Choices choices = new Choices(input);
        ClassifierChoice choice = ClassifierChoice.of(choices);
        int cut = choices.below(4) == 0 ? choices.below(1500) : 0;
        byte[] frame = choices.rest();
        int original = frame.length + cut;
        FlowClassifier classifier = choice.classifier();
        // Where reading too far is an exception.
        ByteBuffer exact = ByteBuffer.wrap(frame).asReadOnlyBuffer();
        classifier.learn(exact, 0, frame.length, original);
        long hash = classifier.hash(exact, 0, frame.length, original);
        assertThat(hash).isEqualTo(hashElsewhere(choice.classifier(), frame, original));
        assertThat(FlowHash.member(hash, 7)).isBetween(0, 6);
    }

    private static long hashElsewhere(FlowClassifier classifier, byte[] frame, int original) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BEFORE + frame.length + 64);
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (byte) (0x45 + i));
        }
        buffer.put(BEFORE, frame).order(ByteOrder.LITTLE_ENDIAN).position(3);
        long hash = classifier.hash(buffer, BEFORE, frame.length, original);
        assertThat(buffer.position()).isEqualTo(3);
        return hash;
    }
}
