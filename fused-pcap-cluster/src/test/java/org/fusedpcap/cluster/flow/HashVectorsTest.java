package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.fusedpcap.cluster.flow.SampleFrames.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hash is what it always was, and what an independent implementation says. */
class HashVectorsTest {

    static List<Sample> vectors() {
        return SampleFrames.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void shouldGiveTheKeyTheHashAndTheMembersOfTheVector(Sample vector) {
        Probe probe = new Probe(vector.linkType(), vector.mode(), vector.tunnel());
        byte[] frame = vector.frame();

        assertThat(probe.key(frame)).isEqualTo(vector.key());
        assertThat(probe.hash(frame)).isEqualTo(vector.hash());
        assertThat(
                        Stream.of(2, 3, 8, 32)
                                .map(
                                        members ->
                                                probe.classifier()
                                                        .memberOf(
                                                                ByteBuffer.wrap(frame),
                                                                0,
                                                                frame.length,
                                                                frame.length,
                                                                members)))
                .isEqualTo(vector.members());
    }
}
