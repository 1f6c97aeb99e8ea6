package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.cluster.flow.Packets.ethernet;
import static org.fusedpcap.cluster.flow.Packets.ip;
import static org.fusedpcap.cluster.flow.Packets.ports;
import static org.fusedpcap.cluster.flow.Packets.tag;

import java.util.Random;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both directions of a conversation have one hash, and different conversations different ones. */
class SymmetryTest {

    private static final int[] PROTOCOLS = {1, 6, 17, 33, 47, 50, 132, 136};

    private final Random random = new Random(Probe.SEED);

    @ParameterizedTest
    @EnumSource(ClusterMode.class)
    void shouldHashBothDirectionsAlike(ClusterMode mode) {
        FlowClassifier classifier =
                new FlowClassifier(LinkTypes.ETHERNET, mode, TunnelMode.OUTER, LookAhead.NONE);
        for (int i = 0; i < 20_000; i++) {
            boolean v6 = random.nextBoolean();
            String a = address(v6);
            String b = random.nextInt(10) == 0 ? a : address(v6);
            int portA = random.nextInt(65_536);
            int portB = random.nextInt(65_536);
            int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
            int vlan = random.nextInt(4096);

            long there = hash(classifier, vlan, ip(a, b, protocol, ports(portA, portB, 8)));
            long back = hash(classifier, vlan, ip(b, a, protocol, ports(portB, portA, 8)));

            assertThat(back)
                    .as("seed %d: %s:%d %s:%d %d", Probe.SEED, a, portA, b, portB, protocol)
                    .isEqualTo(there);
        }
    }

    private static long hash(FlowClassifier classifier, int vlan, byte[] packet) {
        return Probe.hash(
                classifier, ethernet(EtherTypes.VLAN, tag(vlan, Packets.typeOf(packet)), packet));
    }

    private String address(boolean v6) {
        return v6
                ? "2001:db8::" + Integer.toHexString(random.nextInt(65_536))
                : "10." + random.nextInt(256) + "." + random.nextInt(256) + ".1";
    }

    @Test
    void shouldTellConversationsWithExchangedPortsApart() {
        Probe probe = Probe.ofEthernet();
        byte[] one = ethernet(ip("10.0.0.1", "10.0.0.2", 6, ports(1000, 80, 16)));
        byte[] crossed = ethernet(ip("10.0.0.1", "10.0.0.2", 6, ports(80, 1000, 16)));

        assertThat(probe.hash(crossed)).isNotEqualTo(probe.hash(one));
    }
}
