package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.fusedpcap.cluster.Choices;
import org.fusedpcap.cluster.pcap.LinkTypes;

/**
 * Packets of a conversation built by choice, wrapped in whatever there is, and the way back: one
 * hash for both, in every mode.
 */
public final class ConversationFuzz {

    private static final int DEEPEST = 3;
    private static final int HOP_BY_HOP = 0;
    private static final int DESTINATION = 60;

    private final byte[] input;
    private final boolean reply;
    private Choices choices;

    private ConversationFuzz(byte[] input, boolean reply) {
        this.input = input;
        this.reply = reply;
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Choices choices = new Choices(input);
        ClassifierChoice choice = ClassifierChoice.ofLinkType(LinkTypes.ETHERNET, choices);
        byte[] decisions = choices.rest();
        byte[] there = new ConversationFuzz(decisions, false).frame();
        byte[] back = new ConversationFuzz(decisions, true).frame();
        FlowClassifier one = choice.classifier();
        FlowClassifier other = choice.classifier();
        assertThat(Probe.hash(other, back))
                .as(() -> HexFormat.of().formatHex(there))
                .isEqualTo(Probe.hash(one, there));
        // The same classifiers, which remember the first frame.
        assertThat(Probe.hash(one, back)).isEqualTo(Probe.hash(other, there));
    }

    private byte[] frame() {
        choices = new Choices(input);
        byte[] payload = ipOrTunnel(0);
        return tagged(payload);
    }

    private byte[] tagged(byte[] packet) {
        byte[] inside = packet;
        int type = Packets.typeOf(packet);
        if (choices.below(6) == 0) {
            inside = Packets.join(Packets.u32((long) choices.below(65_536) << 12 | 0x1ff), inside);
            type = EtherTypes.MPLS;
        }
        for (int tags = choices.below(4); tags > 0; tags--) {
            inside = Packets.join(Packets.tag(choices.below(4096), type), inside);
            type = EtherTypes.VLAN;
        }
        return Packets.ethernet(
                reply ? Packets.MAC_B : Packets.MAC_A,
                reply ? Packets.MAC_A : Packets.MAC_B,
                type,
                inside);
    }

    private byte[] ipOrTunnel(int depth) {
        boolean v6 = choices.below(2) == 1;
        String a = address(v6);
        String b = address(v6);
        return switch (depth < DEEPEST ? choices.below(6) : 0) {
            case 1 -> {
                byte[] inside = ipOrTunnel(depth + 1);
                yield ip(v6, a, b, Packets.typeOf(inside) == EtherTypes.IPV4 ? 4 : 41, inside);
            }
            case 2 -> {
                byte[] inside = ipOrTunnel(depth + 1);
                yield ip(v6, a, b, 47, Packets.u16(0), Packets.u16(Packets.typeOf(inside)), inside);
            }
            case 3 -> {
                byte[] inside = tagged(ipOrTunnel(depth + 1));
                byte[] vxlan = Packets.join(Packets.hex("08000000 00000700"), inside);
                // The port of the sender is a hash of what is inside: another one on the way back.
                int source = 4789;
                yield ip(v6, a, b, 17, Packets.udp(source, 4789, vxlan));
            }
            default -> transport(v6, a, b);
        };
    }

    private byte[] transport(boolean v6, String a, String b) {
        int protocol = choices.oneOf(6, 17, 132, 136, 33, 1, 58, 50, 89, 2);
        int portA = choices.below(65_536);
        int portB = choices.below(65_536);
        byte[] payload = choices.bytes(choices.below(64));
        boolean isIcmp = protocol == IpProtocols.ICMP || protocol == IpProtocols.ICMPV6;
        if (isIcmp) {
            int request = protocol == IpProtocols.ICMP ? 8 : 128;
            int answer = protocol == IpProtocols.ICMP ? 0 : 129;
            return ip(v6, a, b, protocol, Packets.icmp(reply ? answer : request, 0, payload));
        }
        byte[] ports =
                Packets.join(
                        Packets.u16(reply ? portB : portA),
                        Packets.u16(reply ? portA : portB),
                        payload);
        return ip(v6, a, b, protocol, ports);
    }

    private byte[] ip(boolean v6, String a, String b, int protocol, byte[]... payload) {
        String from = reply ? b : a;
        String to = reply ? a : b;
        if (!v6) {
            return Packets.ipv4(from, to, protocol, payload);
        }
        int next = protocol;
        byte[] inside = Packets.join(payload);
        for (int headers = choices.below(4); headers > 0; headers--) {
            inside = Packets.join(Packets.extension(next), inside);
            next = choices.oneOf(DESTINATION, HOP_BY_HOP);
        }
        return Packets.ipv6(from, to, next, inside);
    }

    private String address(boolean v6) {
        int number = choices.below(65_536);
        return v6
                ? "2001:db8::" + Integer.toHexString(number)
                : "10.0." + (number >>> 8) + "." + (number & 0xff);
    }
}
