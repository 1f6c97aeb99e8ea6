package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.fusedpcap.cluster.flow.Packets.ethernet;
import static org.fusedpcap.cluster.flow.Packets.hex;
import static org.fusedpcap.cluster.flow.Packets.ipv4;
import static org.fusedpcap.cluster.flow.Packets.ipv6;
import static org.fusedpcap.cluster.flow.Packets.join;
import static org.fusedpcap.cluster.flow.Packets.tcp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every frame has a member, and none an exception. */
class MalformedFramesTest {

    private static final int MEMBERS = 8;
    private static final byte[] TCP = ethernet(ipv4("10.0.0.1", "10.0.0.2", 6, tcp(5000, 80, 10)));

    private final Random random = new Random(Probe.SEED);

    private static List<FlowClassifier> classifiers(int linkType) {
        List<FlowClassifier> all = new ArrayList<>();
        for (ClusterMode mode : ClusterMode.values()) {
            for (TunnelMode tunnel : TunnelMode.values()) {
                all.add(new FlowClassifier(linkType, mode, tunnel, LookAhead.NONE));
            }
        }
        return all;
    }

    // The frame stands at the very end of the buffer, so that reading too far cannot go unnoticed.
    private static void classify(List<FlowClassifier> classifiers, byte[] frame, int length) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length + 3).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(3, frame, 0, length);
        for (FlowClassifier classifier : classifiers) {
            assertThatCode(
                            () -> {
                                classifier.learn(buffer, 3, length, frame.length);
                                int member =
                                        classifier.memberOf(
                                                buffer, 3, length, frame.length, MEMBERS);
                                assertThat(member).isBetween(0, MEMBERS - 1);
                            })
                    .as(
                            "seed %d, %d bytes of %s",
                            Probe.SEED, length, HexFormat.of().formatHex(frame))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldPlaceFramesCutAtEachByte() {
        for (SampleFrames.Sample sample : SampleFrames.distinct()) {
            List<FlowClassifier> classifiers = classifiers(sample.linkType());
            for (int length = 0; length <= sample.frame().length; length++) {
                classify(classifiers, sample.frame(), length);
            }
        }
    }

    @Test
    void shouldPlaceFramesWithBytesChanged() {
        for (SampleFrames.Sample sample : SampleFrames.distinct()) {
            List<FlowClassifier> classifiers = classifiers(sample.linkType());
            for (int i = 0; i < 300; i++) {
                byte[] frame = sample.frame().clone();
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    frame[random.nextInt(frame.length)] = (byte) random.nextInt();
                }
                classify(classifiers, frame, random.nextInt(frame.length + 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 50, 51, 101, 105, 108, 113, 127, 228, 229, 276})
    void shouldPlaceRandomBytes(int linkType) {
        List<FlowClassifier> classifiers = classifiers(linkType);
        for (int i = 0; i < 2000; i++) {
            byte[] frame = new byte[random.nextInt(200)];
            random.nextBytes(frame);
            classify(classifiers, frame, frame.length);
        }
    }

    @Test
    void shouldNotTrustTheLengthsOfTheRecord() {
        FlowClassifier classifier = Probe.ofEthernet().classifier();
        ByteBuffer buffer = ByteBuffer.wrap(TCP);
        long expected = Probe.ofEthernet().hash(TCP);

        assertThat(classifier.hash(buffer, 0, Integer.MAX_VALUE, -1)).isEqualTo(expected);
        assertThat(classifier.hash(buffer, 0, TCP.length, Integer.MAX_VALUE)).isEqualTo(expected);
        assertThat(classifier.hash(buffer, 0, TCP.length, Integer.MIN_VALUE)).isEqualTo(expected);
        assertThatCode(() -> classifier.hash(buffer, TCP.length, 10, 10))
                .doesNotThrowAnyException();
        assertThatCode(() -> classifier.hash(buffer, 0, -5, 10)).doesNotThrowAnyException();
    }

    @Test
    void shouldLeaveTheBufferAsItWas() {
        ByteBuffer buffer = ByteBuffer.wrap(join(hex("0000"), TCP, hex("0000")));
        buffer.position(1).limit(TCP.length + 3).order(ByteOrder.LITTLE_ENDIAN);

        long hash = Probe.ofEthernet().classifier().hash(buffer, 2, TCP.length, TCP.length);

        assertThat(hash).isEqualTo(Probe.ofEthernet().hash(TCP));
        assertThat(buffer.position()).isEqualTo(1);
        assertThat(buffer.limit()).isEqualTo(TCP.length + 3);
    }

    @Test
    void shouldUseTheFieldsThatAreThere() {
        Probe probe = Probe.ofEthernet();

        assertThat(probe.key(Arrays.copyOf(TCP, 13))).isEqualTo("vlan=none nothing");
        assertThat(probe.key(Arrays.copyOf(TCP, 20)))
                .isEqualTo("vlan=none mac=02000000000a,02000000000b type=0800");
        assertThat(probe.key(Arrays.copyOf(TCP, 37)))
                .isEqualTo("vlan=none ip=10.0.0.1:0,10.0.0.2:0 proto=6");
        assertThat(probe.key(Arrays.copyOf(TCP, 38)))
                .isEqualTo("vlan=none ip=10.0.0.1:5000,10.0.0.2:80 proto=6");
    }

    @Test
    void shouldCountFramesThatAreCutOrBroken() {
        FlowClassifier classifier = Probe.ofEthernet().classifier();

        Probe.hash(classifier, Arrays.copyOf(TCP, 20));
        Probe.hash(classifier, ethernet(0x0800, new byte[40]));
        Probe.hash(classifier, TCP);
        Probe.hash(classifier, ethernet(0x88cc, new byte[40]));

        assertThat(classifier.counters().damagedFrames()).isEqualTo(2);
    }

    @Test
    void shouldPlaceFramesWithEndlessTagsLabelsAndExtensionHeaders() {
        byte[] extensions = new byte[64_000];
        byte[] tags = new byte[64_000];
        for (int i = 0; i < tags.length; i += 4) {
            tags[i + 1] = 1;
            tags[i + 2] = (byte) 0x81;
        }
        List<byte[]> frames =
                List.of(
                        ethernet(EtherTypes.VLAN, tags),
                        ethernet(EtherTypes.MPLS, new byte[64_000]),
                        ethernet(ipv6("2001:db8::1", "2001:db8::2", 0, extensions)));
        List<FlowClassifier> classifiers = classifiers(LinkTypes.ETHERNET);

        frames.forEach(frame -> classify(classifiers, frame, frame.length));
    }
}
