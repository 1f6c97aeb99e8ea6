package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.cluster.flow.Packets.ethernet;
import static org.fusedpcap.cluster.flow.Packets.extension;
import static org.fusedpcap.cluster.flow.Packets.fragmentHeader;
import static org.fusedpcap.cluster.flow.Packets.hex;
import static org.fusedpcap.cluster.flow.Packets.icmp;
import static org.fusedpcap.cluster.flow.Packets.ipv4;
import static org.fusedpcap.cluster.flow.Packets.ipv6;
import static org.fusedpcap.cluster.flow.Packets.join;
import static org.fusedpcap.cluster.flow.Packets.tag;
import static org.fusedpcap.cluster.flow.Packets.tcp;
import static org.fusedpcap.cluster.flow.Packets.u16;
import static org.fusedpcap.cluster.flow.Packets.udp;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tunnels: the outer headers count, or with tunnel=inner the innermost. */
class TunnelTest {

    private static final String OUT_A = "192.0.2.1";
    private static final String OUT_B = "192.0.2.2";
    private static final String OUT_A6 = "2001:db8:ffff::1";
    private static final String OUT_B6 = "2001:db8:ffff::2";
    private static final String OUTER_IP = "vlan=none ip=192.0.2.1:";
    private static final String OUTER_IP6 = "vlan=none ip=[2001:db8:ffff:0:0:0:0:1]:";
    private static final byte[] V4 = ipv4("10.0.0.1", "10.0.0.2", 6, tcp(5000, 80, 30));
    private static final byte[] V6 = ipv6("2001:db8::1", "2001:db8::2", 17, udp(5000, 53));
    private static final byte[] FRAME = ethernet("02000000001a", "02000000001b", 0x0800, V4);
    private static final String INNER_V4 = "vlan=none ip=10.0.0.1:5000,10.0.0.2:80 proto=6";
    private static final String INNER_V6 =
            "vlan=none ip=[2001:db8:0:0:0:0:0:1]:5000,[2001:db8:0:0:0:0:0:2]:53 proto=17";

    private final Probe outer = Probe.ofEthernet();
    private final Probe inner = Probe.ofInner();

    private static byte[] outer(int protocol, byte[]... payload) {
        return ethernet(ipv4(OUT_A, OUT_B, protocol, payload));
    }

    private static byte[] gre(String header, byte[]... payload) {
        return outer(47, hex(header), join(payload));
    }

    private static byte[] overUdp(int port, String header, byte[]... payload) {
        return outer(17, udp(40_000, port, hex(header), join(payload)));
    }

    private static byte[] gtp(String flags, String optional, byte[] packet) {
        int length = hex(optional).length + packet.length;
        return outer(
                17,
                udp(
                        2152,
                        2152,
                        hex(flags + "ff"),
                        u16(length),
                        hex("00000001" + optional),
                        packet));
    }

    static Stream<Arguments> tunnels() {
        return Stream.of(
                Arguments.of("4in4", outer(4, V4), INNER_V4),
                Arguments.of("6in4", outer(41, V6), INNER_V6),
                Arguments.of("GRE", gre("0000 0800", V4), INNER_V4),
                Arguments.of(
                        "GRE with all fields",
                        gre("b000 86dd 0000 0000 00000001 00000002", V6),
                        INNER_V6),
                Arguments.of("GRE bridging", gre("2000 6558 00000001", FRAME), INNER_V4),
                Arguments.of("GRE MPLS", gre("0000 8847 00010140", V4), INNER_V4),
                Arguments.of(
                        "PPTP",
                        gre("3081 880b 0040 0001 00000001 00000002 ff030021", V4),
                        INNER_V4),
                Arguments.of("ERSPAN 1", gre("0000 88be", FRAME), INNER_V4),
                Arguments.of(
                        "ERSPAN 2", gre("1000 88be 00000001 1000000000000000", FRAME), INNER_V4),
                Arguments.of(
                        "ERSPAN 3",
                        gre("1000 22eb 00000001 200000000000000000000001 0000000000000000", FRAME),
                        INNER_V4),
                Arguments.of("MPLS in IP", outer(137, hex("00010140"), V4), INNER_V4),
                Arguments.of("VXLAN", overUdp(4789, "0800000000000100", FRAME), INNER_V4),
                Arguments.of(
                        "VXLAN with policy", overUdp(4789, "8808123400000100", FRAME), INNER_V4),
                Arguments.of("VXLAN of Linux", overUdp(8472, "0800000000000100", FRAME), INNER_V4),
                Arguments.of(
                        "GENEVE", overUdp(6081, "0100 6558 000001 00 00000000", FRAME), INNER_V4),
                Arguments.of("GENEVE of IP", overUdp(6081, "0080 86dd 000001 00", V6), INNER_V6),
                Arguments.of("GTP-U", gtp("30", "", V4), INNER_V4),
                Arguments.of("GTP-U with number", gtp("32", "0001 00 00", V4), INNER_V4),
                Arguments.of(
                        "GTP-U extended",
                        gtp("34", "0000 00 85 01 1001 c0 02 112233445566 00", V6),
                        INNER_V6));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tunnels")
    void shouldGoByOuterHeadersOrByTheInnermost(String name, byte[] frame, String innerKey) {
        assertThat(outer.key(frame)).startsWith(OUTER_IP);
        assertThat(inner.key(frame)).isEqualTo(innerKey);
    }

    @Test
    void shouldReadTunnelsInIpv6() {
        byte[] v4 = ethernet(ipv6(OUT_A6, OUT_B6, 60, extension(4), V4));
        byte[] v6 = ethernet(ipv6(OUT_A6, OUT_B6, 41, V6));

        assertThat(outer.key(v4)).startsWith(OUTER_IP6);
        assertThat(outer.key(v6)).startsWith(OUTER_IP6);
        assertThat(inner.key(v4)).isEqualTo(INNER_V4);
        assertThat(inner.key(v6)).isEqualTo(INNER_V6);
    }

    @Test
    void shouldLookThroughMplsInBothModes() {
        byte[] packet = ethernet(EtherTypes.MPLS, hex("00010040 00020140"), V4);
        byte[] packet6 = ethernet(EtherTypes.MPLS, hex("00010140"), V6);
        byte[] direct = ethernet(EtherTypes.MPLS, hex("00010140"), FRAME);
        byte[] control = ethernet(EtherTypes.MPLS, hex("00010140 00000000"), FRAME);
        byte[] tagged =
                ethernet(
                        EtherTypes.MPLS,
                        hex("00010140"),
                        ethernet("0050c200001a", "0050c200001b", 0x8100, tag(5, 0x0800), V4));

        for (Probe probe : List.of(outer, inner)) {
            assertThat(probe.key(packet)).isEqualTo(INNER_V4);
            assertThat(probe.key(packet6)).isEqualTo(INNER_V6);
            assertThat(probe.key(direct)).isEqualTo(INNER_V4);
            assertThat(probe.key(control)).isEqualTo(INNER_V4);
        }
        assertThat(outer.key(tagged)).isEqualTo(INNER_V4);
        assertThat(inner.key(tagged)).isEqualTo(INNER_V4.replace("none", "5"));
    }

    @Test
    void shouldTakeAFrameWhoseMacLooksLikeAVersionForAFrame() {
        byte[] four = ethernet("02000000001a", "44000000001b", 0x0800, V4);
        byte[] six = ethernet("02000000001a", "60000000001b", 0x0800, V4);

        assertThat(outer.key(ethernet(EtherTypes.MPLS, hex("00010140"), four))).isEqualTo(INNER_V4);
        assertThat(outer.key(ethernet(EtherTypes.MPLS, hex("00010140"), six))).isEqualTo(INNER_V4);
    }

    @Test
    void shouldGoByTheOuterMacPairIfNothingIsKnownBehindTheLabels() {
        byte[] arp = ethernet("02000000001a", "02000000001b", EtherTypes.ARP, new byte[28]);
        byte[] frame = ethernet(EtherTypes.MPLS, hex("00010140"), arp);
        byte[] unknown = ethernet(EtherTypes.MPLS, hex("00010140 1000 0000"), new byte[40]);

        assertThat(outer.key(frame)).isEqualTo("vlan=none mac=02000000000a,02000000000b type=8847");
        assertThat(inner.key(frame)).isEqualTo("vlan=none mac=02000000001a,02000000001b type=0806");
        assertThat(outer.key(unknown)).endsWith("type=8847");
    }

    @Test
    void shouldLookThroughPppoeInBothModes() {
        byte[] packet = ethernet(EtherTypes.PPPOE_SESSION, hex("1100 0001 0040 0021"), V4);
        byte[] compressed = ethernet(EtherTypes.PPPOE_SESSION, hex("1100 0001 0040 57"), V6);
        byte[] control = ethernet(EtherTypes.PPPOE_SESSION, hex("1100 0001 0040 c021 01010004"));

        for (Probe probe : List.of(outer, inner)) {
            assertThat(probe.key(packet)).isEqualTo(INNER_V4);
            assertThat(probe.key(compressed)).isEqualTo(INNER_V6);
            assertThat(probe.key(control))
                    .isEqualTo("vlan=none mac=02000000000a,02000000000b type=8864");
        }
    }

    @Test
    void shouldHashTheInnerPacketAsIfItHadBeenCapturedItself() {
        byte[] bare = ethernet(EtherTypes.VLAN, tag(7, EtherTypes.IPV4), V4);
        byte[] tunnelled =
                ethernet(
                        EtherTypes.VLAN,
                        tag(100, EtherTypes.IPV4),
                        ipv4(OUT_A, OUT_B, 17, udp(1, 4789, hex("0800000000000100"), bare)));

        for (ClusterMode mode : ClusterMode.values()) {
            Probe innerMode = new Probe(1, mode, TunnelMode.INNER);
            assertThat(innerMode.hash(tunnelled)).isEqualTo(innerMode.hash(bare));
            assertThat(innerMode.hash(bare)).isEqualTo(Probe.ofEthernet(mode).hash(bare));
        }
    }

    @Test
    void shouldTakePlainUdpOnATunnelsPortForUdp() {
        for (int port : new int[] {2152, 4789, 6081, 8472}) {
            byte[] there = outer(17, udp(40_000, port, hex("4fffffffffffffffffff"), FRAME));
            byte[] back = ethernet(ipv4(OUT_B, OUT_A, 17, udp(port, 40_000, hex("4fff"), FRAME)));

            assertThat(inner.hash(there)).isEqualTo(inner.hash(back));
        }
    }

    @Test
    void shouldReadSeveralTunnelsInOneAnotherUpToABound() {
        byte[] packet = V4;
        for (int i = 0; i < 8; i++) {
            packet = ipv4(OUT_A, OUT_B, 4, packet);
        }
        byte[] deep = packet;
        for (int i = 0; i < 100; i++) {
            deep = ipv4(OUT_A, OUT_B, 4, deep);
        }

        assertThat(inner.key(ethernet(packet))).isEqualTo(INNER_V4);
        assertThat(inner.key(ethernet(deep))).startsWith(OUTER_IP);
    }

    @Test
    void shouldStayOutsideIfTheInnerPacketIsCutOff() {
        byte[] frame = outer(4, Arrays.copyOf(V4, 12));

        assertThat(inner.key(frame)).isEqualTo(outer.key(frame));
    }

    @Test
    void shouldKeepFragmentsOfTheTunnelWithTheInnerConversation() {
        FlowClassifier classifier = inner.classifier();
        byte[] big = ipv4("10.0.0.1", "10.0.0.2", 6, tcp(5000, 80, 2000));
        List<byte[]> outerFragments = FragmentsTest.fragments(OUT_A, OUT_B, 4, 9, big, 800);

        assertThat(outerFragments.stream().mapToLong(f -> Probe.hash(classifier, f)).toArray())
                .containsOnly(inner.hash(ethernet(big)));
    }

    @Test
    void shouldKeepFragmentsInsideAFragmentedTunnelWithTheirConversation() {
        FlowClassifier classifier = inner.classifier();
        byte[] datagram = udp(5000, 53, new byte[3000]);
        long conversation = inner.hash(ethernet(ipv4("10.0.0.1", "10.0.0.2", 17, datagram)));
        int id = 0;
        for (byte[] part : FragmentsTest.fragments("10.0.0.1", "10.0.0.2", 17, 4, datagram, 1000)) {
            byte[] packet = Arrays.copyOfRange(part, EthernetHeader.LENGTH, part.length);
            for (byte[] frame : FragmentsTest.fragments(OUT_A, OUT_B, 4, id, packet, 512)) {
                assertThat(Probe.hash(classifier, frame)).isEqualTo(conversation);
            }
            id++;
        }
    }

    @Test
    void shouldKeepIpv6FragmentsOfATunnelWithTheInnerConversation() {
        FlowClassifier classifier = inner.classifier();
        byte[] gre = join(hex("0000 0800"), ipv4("10.0.0.1", "10.0.0.2", 6, tcp(5000, 80, 900)));
        byte[] first =
                ipv6(OUT_A6, OUT_B6, 44, fragmentHeader(47, 0, true, 1), Arrays.copyOf(gre, 512));
        byte[] later =
                ipv6(
                        OUT_A6,
                        OUT_B6,
                        44,
                        fragmentHeader(47, 512, false, 1),
                        Arrays.copyOfRange(gre, 512, gre.length));

        assertThat(
                        new long[] {
                            Probe.hash(classifier, ethernet(first)),
                            Probe.hash(classifier, ethernet(later))
                        })
                .containsOnly(inner.hash(ethernet(V4)));
    }

    @Test
    void shouldFollowErrorsInsideAndAboutTunnels() {
        byte[] innerError = ipv4("10.0.0.9", "10.0.0.1", 1, icmp(3, 1, V4));
        byte[] aboutTunnel = ipv4("192.0.2.9", OUT_A, 1, icmp(3, 4, ipv4(OUT_A, OUT_B, 4, V4)));

        assertThat(inner.hash(outer(4, innerError))).isEqualTo(inner.hash(ethernet(V4)));
        assertThat(inner.hash(ethernet(aboutTunnel))).isEqualTo(inner.hash(ethernet(V4)));
        assertThat(outer.hash(ethernet(aboutTunnel))).isEqualTo(outer.hash(outer(4, V4)));
    }
}
