package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.cluster.flow.Packets.ethernet;
import static org.fusedpcap.cluster.flow.Packets.extension;
import static org.fusedpcap.cluster.flow.Packets.hex;
import static org.fusedpcap.cluster.flow.Packets.icmp;
import static org.fusedpcap.cluster.flow.Packets.ip;
import static org.fusedpcap.cluster.flow.Packets.join;
import static org.fusedpcap.cluster.flow.Packets.tag;
import static org.fusedpcap.cluster.flow.Packets.tcp;
import static org.fusedpcap.cluster.flow.Packets.u16;
import static org.fusedpcap.cluster.flow.Packets.udp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.junit.jupiter.api.Test;

/** On every frame that both can decode, the flyweight and pcap4j find the same key. */
class Pcap4jOracleTest {

    private static final int FRAMES = 20_000;

    private final Random random = new Random(Probe.SEED);

    @Test
    void shouldFindTheKeyThatPcap4jFinds() {
        int compared = compare(0);

        assertThat(compared).isGreaterThan(FRAMES * 9 / 10);
    }

    @Test
    void shouldFindTheKeyThatPcap4jFindsInDamagedFramesToo() {
        int compared = compare(3);

        assertThat(compared).isGreaterThan(FRAMES / 10);
    }

    @Test
    void shouldFindTheKeyThatPcap4jFindsInTheSamples() {
        for (SampleFrames.Sample sample : SampleFrames.distinct()) {
            compare(sample.linkType(), sample.frame());
        }
    }

    private int compare(int changes) {
        int compared = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] packet = packet(2);
            int linkType = linkType();
            byte[] frame = damaged(frame(linkType, packet), changes);
            compared += compare(linkType, frame) ? 1 : 0;
        }
        return compared;
    }

    private static boolean compare(int linkType, byte[] frame) {
        Optional<String> expected = Pcap4jOracle.key(linkType, frame);
        expected.ifPresent(
                key ->
                        assertThat(Probe.ofLinkType(linkType).key(frame))
                                .as(
                                        "seed %d, link type %d, %s",
                                        Probe.SEED, linkType, HexFormat.of().formatHex(frame))
                                .isEqualTo(key));
        return expected.isPresent();
    }

    private byte[] damaged(byte[] frame, int changes) {
        byte[] damaged =
                changes == 0
                        ? frame
                        : Arrays.copyOf(frame, frame.length - random.nextInt(frame.length / 4));
        for (int i = 0; i < changes; i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private int linkType() {
        return new int[] {
                    LinkTypes.ETHERNET,
                    LinkTypes.ETHERNET,
                    LinkTypes.ETHERNET,
                    LinkTypes.LINUX_SLL,
                    LinkTypes.PPP,
                    LinkTypes.RAW
                }
                [random.nextInt(6)];
    }

    private byte[] frame(int linkType, byte[] packet) {
        int type = Packets.typeOf(packet);
        return switch (linkType) {
            case LinkTypes.ETHERNET -> ethernetFrame(type, packet);
            case LinkTypes.LINUX_SLL ->
                    join(hex("0000 0001 0006 02000000000a 0000"), u16(type), packet);
            case LinkTypes.PPP -> join(u16(type == EtherTypes.IPV4 ? 0x21 : 0x57), packet);
            default -> packet;
        };
    }

    private byte[] ethernetFrame(int type, byte[] packet) {
        return switch (random.nextInt(7)) {
            case 0 -> ethernet(EtherTypes.VLAN, tag(random.nextInt(4096), type), packet);
            case 1 ->
                    ethernet(
                            EtherTypes.VLAN,
                            tag(random.nextInt(4096), EtherTypes.VLAN),
                            tag(random.nextInt(4096), type),
                            packet);
            case 2 -> ethernet(8 + packet.length, hex("aaaa03000000"), u16(type), packet);
            case 3 -> ethernet(9 + packet.length, hex("aaaa0000000000"), u16(type), packet);
            case 4 -> ethernet(EtherTypes.ARP, hex("0001080006040001"), new byte[20]);
            case 5 -> ethernet(0x88b5, packet);
            default -> join(ethernet(packet), new byte[random.nextInt(10)]);
        };
    }

    private byte[] packet(int depth) {
        boolean v6 = random.nextBoolean();
        String a = address(v6);
        String b = address(v6);
        int first = random.nextInt(65_536);
        int second = random.nextInt(65_536);
        byte[] data = new byte[random.nextInt(40)];
        return switch (random.nextInt(depth > 0 ? 7 : 6)) {
            case 0, 1 -> withExtensions(a, b, 6, tcp(first, second, data.length));
            case 2 -> withExtensions(a, b, 17, udp(first, second, data));
            case 3 -> ip(a, b, 132, Packets.ports(first, second, 8));
            case 4 -> ip(a, b, v6 ? 58 : 1, icmp(v6 ? 128 : 8, 0, data));
            case 5 -> ip(a, b, 89, data);
            default -> error(v6, a, b);
        };
    }

    private byte[] error(boolean v6, String a, String b) {
        byte[] quoted = packet(0);
        boolean fits = Packets.typeOf(quoted) == (v6 ? EtherTypes.IPV6 : EtherTypes.IPV4);
        return fits ? ip(a, b, v6 ? 58 : 1, icmp(v6 ? 1 : 11, 0, quoted)) : quoted;
    }

    private byte[] withExtensions(String a, String b, int protocol, byte[] payload) {
        if (!a.contains(":") || random.nextBoolean()) {
            return ip(a, b, protocol, payload);
        }
        return ip(a, b, 0, extension(60), extension(protocol), payload);
    }

    private String address(boolean v6) {
        return v6
                ? "2001:db8::" + Integer.toHexString(random.nextInt(65_536))
                : "10." + random.nextInt(256) + ".0." + random.nextInt(256);
    }
}
