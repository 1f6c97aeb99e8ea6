package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.cluster.flow.Packets.ethernet;
import static org.fusedpcap.cluster.flow.Packets.extension;
import static org.fusedpcap.cluster.flow.Packets.fragmentHeader;
import static org.fusedpcap.cluster.flow.Packets.icmp;
import static org.fusedpcap.cluster.flow.Packets.ipv4;
import static org.fusedpcap.cluster.flow.Packets.ipv6;
import static org.fusedpcap.cluster.flow.Packets.join;
import static org.fusedpcap.cluster.flow.Packets.tag;
import static org.fusedpcap.cluster.flow.Packets.tcp;
import static org.fusedpcap.cluster.flow.Packets.udp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All fragments of a datagram go where its ports send it. */
class FragmentsTest {

    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";

    private final Probe probe = Probe.ofEthernet();

    /** Cuts a datagram into frames with {@code size} bytes of payload each. */
    static List<byte[]> fragments(String a, String b, int protocol, int id, byte[] data, int size) {
        List<byte[]> frames = new ArrayList<>();
        for (int start = 0; start < data.length; start += size) {
            int end = Math.min(data.length, start + size);
            boolean more = end < data.length;
            byte[] part = Arrays.copyOfRange(data, start, end);
            byte[] packet =
                    a.contains(":")
                            ? ipv6(a, b, 44, fragmentHeader(protocol, start, more, id), part)
                            : ipv4(a, b, protocol, id, start / 8 | (more ? 0x2000 : 0), part);
            frames.add(ethernet(packet));
        }
        return frames;
    }

    private static byte[] datagram(int port) {
        return udp(port, 53, new byte[3000]);
    }

    private static long[] hashes(FlowClassifier classifier, List<byte[]> frames) {
        return frames.stream().mapToLong(frame -> Probe.hash(classifier, frame)).toArray();
    }

    /**
     * Classifies with the frames of the next {@code window} known beforehand, if they are asked
     * for.
     */
    private static long[] hashesWithLookAhead(ClusterMode mode, List<byte[]> frames, int window) {
        int[] position = {0, 0};
        LookAhead lookAhead =
                classifier -> {
                    int next = Math.max(position[0] + 1, position[1]);
                    if (next >= frames.size() || next > position[0] + window) {
                        return false;
                    }
                    byte[] frame = frames.get(next);
                    classifier.learn(ByteBuffer.wrap(frame), 0, frame.length, frame.length);
                    position[1] = next + 1;
                    return true;
                };
        FlowClassifier classifier =
                new FlowClassifier(LinkTypes.ETHERNET, mode, TunnelMode.OUTER, lookAhead);
        long[] hashes = new long[frames.size()];
        for (int i = 0; i < hashes.length; i++) {
            position[0] = i;
            hashes[i] = Probe.hash(classifier, frames.get(i));
        }
        assertThat(classifier.counters().guessedFragments()).isZero();
        return hashes;
    }

    @ParameterizedTest
    @EnumSource(ClusterMode.class)
    void shouldKeepFragmentsWithTheirConversation(ClusterMode mode) {
        Probe inMode = Probe.ofEthernet(mode);
        for (String[] hosts : new String[][] {{A, B}, {A6, B6}}) {
            long whole = inMode.hash(ethernet(Packets.ip(hosts[0], hosts[1], 17, datagram(1000))));
            List<byte[]> frames = fragments(hosts[0], hosts[1], 17, 7, datagram(1000), 1000);

            assertThat(hashes(inMode.classifier(), frames)).hasSize(4).containsOnly(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(ClusterMode.class)
    void shouldKeepShuffledFragmentsWithTheirConversations(ClusterMode mode) {
        Random random = new Random(Probe.SEED);
        Probe inMode = Probe.ofEthernet(mode);
        List<byte[]> frames = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            boolean v6 = random.nextBoolean();
            String a = v6 ? A6 : A;
            String b = v6 ? B6 : B;
            byte[] datagram = datagram(1000 + i);
            long whole = inMode.hash(ethernet(Packets.ip(a, b, 17, datagram)));
            for (byte[] frame : fragments(a, b, 17, i, datagram, 800)) {
                order.add(frames.size());
                frames.add(frame);
                expected.add(whole);
            }
        }
        Collections.shuffle(order, random);

        long[] hashes = hashesWithLookAhead(mode, order.stream().map(frames::get).toList(), 10_000);

        assertThat(hashes)
                .as("seed %d", Probe.SEED)
                .isEqualTo(order.stream().mapToLong(expected::get).toArray());
    }

    @Test
    void shouldPlaceReversedFragmentsIfEachBlockIsLearnedBeforeTheOneInFrontOfIt() {
        int block = 10;
        List<byte[]> frames = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            List<byte[]> reversed = fragments(A6, B6, 17, i, datagram(i), 400);
            Collections.reverse(reversed);
            long whole = probe.hash(ethernet(ipv6(A6, B6, 17, datagram(i))));
            reversed.forEach(frame -> expected.add(whole));
            frames.addAll(reversed);
        }
        FlowClassifier classifier = probe.classifier();
        List<Long> hashes = new ArrayList<>();
        for (int i = 0; i < frames.size() + block; i++) {
            if (i < frames.size()) {
                byte[] ahead = frames.get(i);
                classifier.learn(ByteBuffer.wrap(ahead), 0, ahead.length, ahead.length);
            }
            if (i >= block) {
                hashes.add(Probe.hash(classifier, frames.get(i - block)));
            }
        }

        assertThat(hashes).isEqualTo(expected);
        assertThat(classifier.counters().guessedFragments()).isZero();
    }

    @Test
    void shouldKeepFragmentsTogetherIfTheFirstComesTooLateToBeKnown() {
        FlowClassifier classifier = probe.classifier();
        List<byte[]> frames = fragments(A, B, 17, 7, datagram(1000), 1000);

        long[] early = hashes(classifier, frames.subList(1, 3));
        long[] late = hashes(classifier, List.of(frames.get(0), frames.get(3)));

        assertThat(early[1]).isEqualTo(early[0]);
        assertThat(late).containsOnly(probe.hash(ethernet(ipv4(A, B, 17, datagram(1000)))));
        assertThat(classifier.counters().guessedFragments()).isEqualTo(2);
    }

    @Test
    void shouldGuessTheConversationThatTheHostsSentFragmentsInBefore() {
        FlowClassifier classifier = probe.classifier();
        List<byte[]> before = fragments(A, B, 17, 7, datagram(1000), 1000);
        List<byte[]> reversed = fragments(B, A, 17, 8, udp(53, 1000, new byte[3000]), 1000);
        Collections.reverse(reversed);

        long conversation = hashes(classifier, before)[0];

        assertThat(hashes(classifier, reversed)).containsOnly(conversation);
        assertThat(classifier.counters().guessedFragments()).isEqualTo(3);
    }

    @Test
    void shouldTellDatagramsWithTheSameIdentificationApart() {
        List<byte[]> first = fragments(A, B, 17, 7, datagram(1000), 1000);
        List<byte[]> second = fragments(A, B, 17, 7, datagram(2000), 1000);
        Collections.reverse(second);
        List<byte[]> all = new ArrayList<>(first);
        all.addAll(second);
        // One more of the first conversation behind, whose first fragment must not be taken before.
        all.addAll(fragments(A, B, 17, 7, datagram(3000), 1000));

        long[] hashes = hashesWithLookAhead(ClusterMode.VLAN_IP_PORT, all, 100);

        long one = probe.hash(ethernet(ipv4(A, B, 17, datagram(1000))));
        long two = probe.hash(ethernet(ipv4(A, B, 17, datagram(2000))));
        long three = probe.hash(ethernet(ipv4(A, B, 17, datagram(3000))));
        assertThat(hashes)
                .containsExactly(
                        one, one, one, one, two, two, two, two, three, three, three, three);
    }

    @Test
    void shouldNotMixDirectionsProtocolsOrVlansOfTheSameIdentification() {
        FlowClassifier classifier = probe.classifier();
        byte[] data = datagram(1000);
        byte[] other = udp(4000, 4001, new byte[3000]);

        List<byte[]> there = fragments(A, B, 17, 7, data, 1600);
        List<byte[]> back = fragments(B, A, 17, 7, other, 1600);
        List<byte[]> lite = fragments(A, B, 136, 7, data, 1600);
        byte[] inVlan = tagged(fragments(A, B, 17, 7, other, 1600).get(0));
        byte[] inVlanLater = tagged(there.get(1));
        long[] firsts = hashes(classifier, List.of(there.get(0), back.get(0), lite.get(0), inVlan));
        long[] laters =
                hashes(classifier, List.of(there.get(1), back.get(1), lite.get(1), inVlanLater));

        assertThat(laters).isEqualTo(firsts).doesNotHaveDuplicates();
    }

    private static byte[] tagged(byte[] frame) {
        return join(
                Arrays.copyOf(frame, 12),
                Packets.u16(EtherTypes.VLAN),
                tag(9, EtherTypes.IPV4),
                Arrays.copyOfRange(frame, 14, frame.length));
    }

    @Test
    void shouldPlaceDuplicatesAndOverlapsWithTheirDatagram() {
        FlowClassifier classifier = probe.classifier();
        List<byte[]> frames = fragments(A, B, 17, 7, datagram(1000), 1000);
        List<byte[]> all = new ArrayList<>(frames);
        all.addAll(frames);
        all.addAll(fragments(A, B, 17, 7, datagram(1000), 712));
        all.add(frames.get(3));

        assertThat(hashes(classifier, all)).containsOnly(Probe.hash(classifier, frames.get(0)));
        assertThat(classifier.counters().guessedFragments()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 17, 33, 132, 136, 1})
    void shouldTreatAFirstFragmentTooShortForPortsLikeNoPorts(int protocol) {
        FlowClassifier classifier = probe.classifier();
        byte[] first = ethernet(ipv4(A, B, protocol, 7, 0x2000, new byte[2]));
        byte[] later = ethernet(ipv4(A, B, protocol, 7, 1, new byte[16]));

        assertThat(hashes(classifier, List.of(first, later)))
                .containsOnly(probe.hash(ethernet(ipv4(A, B, protocol))));
    }

    @Test
    void shouldKeepFragmentedIcmpErrorsWithTheQuotedConversation() {
        byte[] quoted = ipv6(A6, B6, 6, tcp(5000, 80, 1100));
        List<byte[]> error = fragments("2001:db8::ff", A6, 58, 3, icmp(1, 0, quoted), 600);

        for (ClusterMode mode : ClusterMode.values()) {
            Probe inMode = Probe.ofEthernet(mode);
            assertThat(hashes(inMode.classifier(), error))
                    .containsOnly(inMode.hash(ethernet(quoted)));
        }
    }

    @Test
    void shouldFindPortsBehindExtensionHeadersOnBothSidesOfTheFragmentHeader() {
        byte[] data = join(extension(17), udp(1000, 53, new byte[1000]));
        byte[] first =
                ipv6(
                        A6,
                        B6,
                        0,
                        extension(44),
                        fragmentHeader(60, 0, true, 5),
                        Arrays.copyOf(data, 512));
        byte[] later =
                ipv6(
                        A6,
                        B6,
                        0,
                        extension(44),
                        fragmentHeader(60, 512, false, 5),
                        Arrays.copyOfRange(data, 512, data.length));

        assertThat(hashes(probe.classifier(), List.of(ethernet(first), ethernet(later))))
                .containsOnly(probe.hash(ethernet(ipv6(A6, B6, 17, udp(1000, 53)))));
    }

    @Test
    void shouldCountDatagramsItHadToForget() {
        FlowClassifier classifier = probe.classifier();
        byte[] part = Arrays.copyOf(datagram(1000), 800);
        for (int id = 0; id < 65_536; id++) {
            Probe.hash(classifier, ethernet(ipv4(A, B, 17, id, 0x2000, part)));
        }

        assertThat(classifier.counters().displacedDatagrams())
                .isBetween(65_536L - FragmentTable.CAPACITY, 65_536L);
    }

    @Test
    void shouldNotCountDatagramsThatWereWhole() {
        FlowClassifier classifier = probe.classifier();
        for (int id = 0; id < 65_536; id++) {
            hashes(classifier, fragments(A, B, 17, id, udp(1000, 53, new byte[1000]), 800));
        }

        assertThat(classifier.counters().displacedDatagrams()).isZero();
        assertThat(classifier.counters().guessedFragments()).isZero();
    }
}
