package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.cluster.flow.Packets.hex;
import static org.fusedpcap.cluster.flow.Packets.ipv4;
import static org.fusedpcap.cluster.flow.Packets.ipv6;
import static org.fusedpcap.cluster.flow.Packets.join;
import static org.fusedpcap.cluster.flow.Packets.u16;
import static org.fusedpcap.cluster.flow.Packets.udp;

import java.util.stream.Stream;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link type leads to the packet inside. */
class LinkTypesTest {

    private static final byte[] V4 = ipv4("10.0.0.1", "10.0.0.2", 17, udp(1000, 2000));
    private static final byte[] V6 = ipv6("2001:db8::1", "2001:db8::2", 17, udp(1000, 2000));
    private static final String SNAP = "aaaa03 000000";

    static Stream<Arguments> frames() {
        return Stream.of(
                link("Ethernet", LinkTypes.ETHERNET, "02000000000b 02000000000a %s", ""),
                link("802.3 SNAP", LinkTypes.ETHERNET, "02000000000b 02000000000a 0040", SNAP),
                link(
                        "802.3 tunnel",
                        LinkTypes.ETHERNET,
                        "0200000000bb 0200000000aa 0040",
                        "aaaa03 0000f8"),
                link(
                        "802.3 long LLC",
                        LinkTypes.ETHERNET,
                        "02000000000b 02000000000a 0040",
                        "aaaa 0000 000000"),
                link("cooked", LinkTypes.LINUX_SLL, "0000 0001 0006 02000000000a 0000 %s", ""),
                link(
                        "cooked LLC",
                        LinkTypes.LINUX_SLL,
                        "0000 0001 0006 02000000000a 0000 0004",
                        SNAP),
                link(
                        "cooked 2",
                        LinkTypes.LINUX_SLL2,
                        "%s 0000 00000002 0001 00 06 02000000000a 0000",
                        ""),
                loop("loop", LinkTypes.LOOP, "00000002", "0000001e"),
                loop("null BSD", LinkTypes.NULL, "00000002", "0000001c"),
                loop("null little", LinkTypes.NULL, "02000000", "18000000"),
                loop("null Linux", LinkTypes.NULL, "02000000", "0a000000"),
                loop("raw", LinkTypes.RAW, "", ""),
                loop("PPP", LinkTypes.PPP, "0021", "0057"),
                loop("PPP compressed", LinkTypes.PPP, "21", "57"),
                loop("PPP HDLC", LinkTypes.PPP, "ff030021", "ff030057"),
                loop("PPP 50", LinkTypes.PPP_HDLC, "ff030021", "ff030057"),
                loop("Cisco HDLC", LinkTypes.PPP_HDLC, "0f000800", "8f0086dd"),
                loop("PPPoE", LinkTypes.PPP_ETHER, "11000001 0040 0021", "11000001 0040 0057"),
                wireless("to DS", "0801"),
                wireless("from DS", "0802"),
                wireless("ad hoc", "0800"));
    }

    private static Arguments link(String name, int linkType, String header, String snap) {
        return Arguments.of(
                name,
                linkType,
                hex(header.formatted("0800") + snap + (snap.isEmpty() ? "" : "0800")),
                hex(header.formatted("86dd") + snap + (snap.isEmpty() ? "" : "86dd")));
    }

    private static Arguments loop(String name, int linkType, String ipv4, String ipv6) {
        return Arguments.of(name, linkType, hex(ipv4), hex(ipv6));
    }

    private static Arguments wireless(String name, String control) {
        String header = control + "0000 02000000000a 02000000000b 02000000000c 1000" + SNAP;
        return loop(name, LinkTypes.IEEE802_11, header + "0800", header + "86dd");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void shouldFindTheConversationBehindTheLinkHeader(
            String name, int linkType, byte[] beforeV4, byte[] beforeV6) {
        Probe probe = Probe.ofLinkType(linkType);

        assertThat(probe.key(join(beforeV4, V4)))
                .isEqualTo("vlan=none ip=10.0.0.1:1000,10.0.0.2:2000 proto=17");
        assertThat(probe.key(join(beforeV6, V6)))
                .isEqualTo(
                        "vlan=none ip=[2001:db8:0:0:0:0:0:1]:1000,[2001:db8:0:0:0:0:0:2]:2000"
                                + " proto=17");
    }

    @Test
    void shouldReadRawIpOfOneVersion() {
        assertThat(Probe.ofLinkType(LinkTypes.IPV4).key(V4)).endsWith("proto=17");
        assertThat(Probe.ofLinkType(LinkTypes.IPV6).key(V6)).endsWith("proto=17");
        assertThat(Probe.ofLinkType(LinkTypes.IPV6).key(V4)).isEqualTo("vlan=none nothing");
    }

    @Test
    void shouldUseNoAddressOfCookedFramesBecauseItIsTheSendersAlone() {
        Probe probe = Probe.ofLinkType(LinkTypes.LINUX_SLL);

        String request = probe.key(hex("0004 0001 0006 02000000000a 0000 0806 0001"));
        String reply = probe.key(hex("0000 0001 0006 02000000000b 0000 0806 0001"));

        assertThat(request).isEqualTo("vlan=none mac=000000000000,000000000000 type=0806");
        assertThat(reply).isEqualTo(request);
    }

    @Test
    void shouldNotTakeNetlinkFamiliesForEtherTypes() {
        byte[] frame = join(hex("0004 0338 0000 0000000000000000 0800"), V4);

        assertThat(Probe.ofLinkType(LinkTypes.LINUX_SLL).key(frame)).endsWith("type=0800");
    }

    @Test
    void shouldSayWhichLinkTypesItReads() {
        assertThat(Stream.of(0, 1, 9, 50, 51, 101, 105, 108, 113, 127, 228, 229, 276))
                .allMatch(FlowClassifier::supports);
        assertThat(Stream.of(-1, 2, 6, 8, 119, 147, 189, 192, 195, 231, 249, 65_535))
                .noneMatch(FlowClassifier::supports);
    }

    @Test
    void shouldRefuseAnUnknownLinkType() {
        assertThatThrownBy(() -> Probe.ofLinkType(147).classifier())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("link type 147 is not supported");
    }

    @Test
    void shouldGoByMacPairAndTypeWithoutIp() {
        byte[] arp = join(hex("ffffffffffff 02000000000a 0806"), new byte[28]);
        byte[] lldp = join(hex("0180c200000e 02000000000a 88cc"), u16(0));
        byte[] spanningTree = hex("0180c2000000 02000000000a 0026 424203 0000 00");

        Probe probe = Probe.ofEthernet();

        assertThat(probe.key(arp)).isEqualTo("vlan=none mac=02000000000a,ffffffffffff type=0806");
        assertThat(probe.key(lldp)).isEqualTo("vlan=none mac=0180c200000e,02000000000a type=88cc");
        assertThat(probe.key(spanningTree))
                .isEqualTo("vlan=none mac=0180c2000000,02000000000a type=0000");
    }
}
