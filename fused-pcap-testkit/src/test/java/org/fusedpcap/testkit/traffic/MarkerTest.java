package org.fusedpcap.testkit.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MarkerTest {

    private static Marker any(Random random) {
        FrameKind[] kinds = FrameKind.values();
        return new Marker(
                kinds[random.nextInt(kinds.length)],
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextLong() & Marker.MAX_SEQUENCE,
                random.nextInt() & Marker.MAX_CONVERSATION,
                random.nextInt(),
                random.nextInt() & Marker.MAX_CONVERSATION,
                random.nextInt(256));
    }

    @RepeatedTest(200)
    void shouldBeFoundAsItWasWritten(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Marker marker = any(random);
        byte[] frame = new byte[100];
        marker.write(frame, random.nextInt(100 - Marker.LENGTH));
        assertThat(Marker.find(frame, 0, 100)).contains(marker);
    }

    @RepeatedTest(50)
    void shouldKnowItsSum(RepetitionInfo repetition) {
        byte[] bytes = new byte[Marker.LENGTH];
        int sum = any(new Random(repetition.getCurrentRepetition())).write(bytes, 0);
        assertThat(sum).isEqualTo(Checksum.words(bytes, 0, Marker.LENGTH));
    }

    @Test
    void shouldNotBeFoundWhenCutOrChanged() {
        byte[] frame = new byte[Marker.LENGTH];
        any(new Random(1)).write(frame, 0);
        assertThat(Marker.find(frame, 0, Marker.LENGTH - 1)).isEmpty();
        frame[9] ^= 1;
        assertThat(Marker.find(frame, 0, Marker.LENGTH)).isEmpty();
    }

    @Test
    void shouldRefuseNumbersThatDoNotFit() {
        assertThatThrownBy(() -> new Marker(FrameKind.PLAIN, false, false, 1L << 40, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Marker(FrameKind.PLAIN, false, false, 0, 1 << 24, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
