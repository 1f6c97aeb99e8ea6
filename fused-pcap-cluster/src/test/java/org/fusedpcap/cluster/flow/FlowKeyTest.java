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
import static org.fusedpcap.cluster.flow.Packets.ports;
import static org.fusedpcap.cluster.flow.Packets.tag;
import static org.fusedpcap.cluster.flow.Packets.tcp;
import static org.fusedpcap.cluster.flow.Packets.u16;
import static org.fusedpcap.cluster.flow.Packets.udp;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fields of ordinary packets make the key. */
class FlowKeyTest {

    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";
    private static final byte[] TCP = ipv4(A, B, 6, tcp(5000, 80, 10));

    private final Probe probe = Probe.ofEthernet();

    @ParameterizedTest
    @ValueSource(ints = {6, 17, 33, 132, 136})
    void shouldUseThePortsOfTheProtocolsThatHaveThem(int protocol) {
        assertThat(probe.key(ethernet(ipv4(A, B, protocol, ports(5000, 80, 16)))))
                .isEqualTo("vlan=none ip=10.0.0.1:5000,10.0.0.2:80 proto=" + protocol);
        assertThat(probe.key(ethernet(ipv6(A6, B6, protocol, ports(5000, 80, 16)))))
                .endsWith("1]:5000,[2001:db8:0:0:0:0:0:2]:80 proto=" + protocol);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 47, 50, 51, 58, 89, 103, 112, 255})
    void shouldUseTheNumberOfOtherProtocolsAlone(int protocol) {
        assertThat(probe.key(ethernet(ipv4(A, B, protocol, ports(5000, 80, 16)))))
                .isEqualTo("vlan=none ip=10.0.0.1:0,10.0.0.2:0 proto=" + protocol);
    }

    @Test
    void shouldTakeWhatTheModeSays() {
        byte[] frame = ethernet(EtherTypes.VLAN, tag(10, EtherTypes.IPV4), TCP);

        assertThat(Probe.ofEthernet(ClusterMode.of(0)).key(frame))
                .isEqualTo("vlan=10 ip=10.0.0.1:5000,10.0.0.2:80 proto=6");
        assertThat(Probe.ofEthernet(ClusterMode.of(1)).key(frame)).isEqualTo("vlan=10");
        assertThat(Probe.ofEthernet(ClusterMode.of(2)).key(frame))
                .isEqualTo("ip=10.0.0.1,10.0.0.2");
        assertThat(Probe.ofEthernet(ClusterMode.of(3)).key(frame))
                .isEqualTo("vlan=10 ip=10.0.0.1,10.0.0.2");
        assertThat(Probe.ofEthernet(ClusterMode.of(4)).key(frame))
                .isEqualTo("ip=10.0.0.1:5000,10.0.0.2:80 proto=6");
    }

    @Test
    void shouldReadEveryTagOfAStack() {
        byte[] doubled = ethernet(0x88a8, tag(100, 0x8100), tag(7, EtherTypes.IPV4), TCP);
        byte[] old = ethernet(0x9100, tag(100, 0x8100), tag(7, EtherTypes.IPV4), TCP);
        byte[] triple =
                ethernet(0x88a8, tag(1, 0x8100), tag(2, 0x8100), tag(3, EtherTypes.IPV4), TCP);

        assertThat(probe.key(doubled)).startsWith("vlan=100.7 ip=10.0.0.1:5000");
        assertThat(probe.key(old)).isEqualTo(probe.key(doubled));
        assertThat(probe.key(triple)).startsWith("vlan=1.2.3 ip=10.0.0.1:5000");
    }

    @Test
    void shouldTellTagStacksApart() {
        Probe vlanOnly = Probe.ofEthernet(ClusterMode.VLAN);
        byte[] none = ethernet(TCP);
        byte[] one = ethernet(0x8100, tag(1, EtherTypes.IPV4), TCP);
        byte[] onTwo = ethernet(0x8100, tag(1, 0x8100), tag(2, EtherTypes.IPV4), TCP);
        byte[] twoOn = ethernet(0x8100, tag(2, 0x8100), tag(1, EtherTypes.IPV4), TCP);
        byte[] twice = ethernet(0x8100, tag(1, 0x8100), tag(1, EtherTypes.IPV4), TCP);

        assertThat(
                        new long[] {
                            vlanOnly.hash(none),
                            vlanOnly.hash(one),
                            vlanOnly.hash(onTwo),
                            vlanOnly.hash(twoOn),
                            vlanOnly.hash(twice)
                        })
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTakeAPriorityTagForNoVlan() {
        byte[] tagged = ethernet(EtherTypes.VLAN, tag(0, EtherTypes.IPV4), TCP);

        assertThat(probe.key(tagged)).isEqualTo(probe.key(ethernet(TCP)));
    }

    @Test
    void shouldReadPortsBehindIpv4Options() {
        byte[] packet = TCP.clone();
        packet[0] = 0x47;
        byte[] options = hex("01010101 07040400");
        byte[] head = Arrays.copyOf(packet, 20);
        byte[] withOptions = join(head, options, tcp(5000, 80, 2));

        assertThat(probe.key(ethernet(withOptions))).endsWith("10.0.0.1:5000,10.0.0.2:80 proto=6");
    }

    @Test
    void shouldReadPortsBehindAllExtensionHeaders() {
        byte[] authentication = join(hex("2c04 0000 00000001 00000001"), new byte[12]);
        byte[] packet =
                ipv6(
                        A6,
                        B6,
                        0,
                        extension(60),
                        extension(43),
                        extension(51),
                        authentication,
                        fragmentHeader(135, 0, false, 9),
                        extension(139),
                        extension(140),
                        extension(60),
                        extension(17),
                        udp(1000, 2000));

        assertThat(probe.key(ethernet(packet))).endsWith(":2]:2000 proto=17");
    }

    @Test
    void shouldGoByTheProtocolNumberForEchoAndNeighbourDiscovery() {
        assertThat(probe.key(ethernet(ipv4(A, B, 1, icmp(8, 0, u16(1))))))
                .isEqualTo("vlan=none ip=10.0.0.1:0,10.0.0.2:0 proto=1");
        assertThat(probe.key(ethernet(ipv6(A6, B6, 58, icmp(135, 0, new byte[16])))))
                .endsWith("proto=58");
    }

    @Test
    void shouldNotTakePaddingForPorts() {
        byte[] empty = ipv4(A, B, 6);

        assertThat(probe.key(ethernet(join(empty, hex("12345678")))))
                .endsWith("10.0.0.1:0,10.0.0.2:0 proto=6");
    }

    @Test
    void shouldReadPacketsWithoutALengthBecauseTheNetworkCardCutsThemUp() {
        byte[] packet = TCP.clone();
        packet[2] = 0;
        packet[3] = 0;
        byte[] packet6 = ipv6(A6, B6, 6, tcp(5000, 80, 10));
        packet6[4] = 0;
        packet6[5] = 0;

        assertThat(probe.key(ethernet(packet))).endsWith("10.0.0.1:5000,10.0.0.2:80 proto=6");
        assertThat(probe.key(ethernet(packet6))).contains("]:5000,").endsWith("]:80 proto=6");
    }
}
