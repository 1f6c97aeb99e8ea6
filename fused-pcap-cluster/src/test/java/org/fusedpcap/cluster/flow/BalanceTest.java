package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.cluster.flow.Packets.ethernet;
import static org.fusedpcap.cluster.flow.Packets.ip;
import static org.fusedpcap.cluster.flow.Packets.ports;
import static org.fusedpcap.cluster.flow.Packets.tag;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No member gets far more than its share of the conversations. */
class BalanceTest {

    private static final int CONVERSATIONS = 10_000;
    private static final int MEMBERS = 8;
    private static final double MOST = 1.25 * CONVERSATIONS / MEMBERS;

    private static byte[] tagged(int vlan, byte[] packet) {
        return ethernet(EtherTypes.VLAN, tag(vlan, Packets.typeOf(packet)), packet);
    }

    private static String v4(int number) {
        return "10.0." + (number >>> 8) + "." + (number & 0xff);
    }

    private static String v6(int number) {
        return "2001:db8::" + Integer.toHexString(number);
    }

    private static void check(ClusterMode mode, IntFunction<byte[]> conversation) {
        FlowClassifier classifier =
                new FlowClassifier(LinkTypes.ETHERNET, mode, TunnelMode.OUTER, LookAhead.NONE);
        int[] shares = new int[MEMBERS];
        for (int i = 0; i < CONVERSATIONS; i++) {
            byte[] frame = conversation.apply(i);
            ByteBuffer buffer = ByteBuffer.wrap(frame);
            shares[classifier.memberOf(buffer, 0, frame.length, frame.length, MEMBERS)]++;
        }
        assertThat(Arrays.stream(shares).max().getAsInt())
                .as("%s %s", mode, Arrays.toString(shares))
                .isLessThanOrEqualTo((int) MOST);
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterMode.class,
            names = {"VLAN_IP_PORT", "IP", "VLAN_IP", "IP_PORT"})
    void shouldBalanceAddressesThatCountUp(ClusterMode mode) {
        check(mode, i -> ethernet(ip(v4(i), "192.168.0.1", 6, ports(1000, 80, 16))));
        check(mode, i -> ethernet(ip(v4(i), v4(i + 1), 17, ports(53, 53, 16))));
        check(mode, i -> ethernet(ip(v6(i), "2001:db8:1::1", 6, ports(1000, 80, 16))));
        check(mode, i -> ethernet(ip(v6(i), v6(i + 1), 17, ports(53, 53, 16))));
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterMode.class,
            names = {"VLAN_IP_PORT", "IP_PORT"})
    void shouldBalancePortsThatCountUp(ClusterMode mode) {
        check(mode, i -> ethernet(ip("10.0.0.1", "10.0.0.2", 6, ports(i + 1024, 80, 16))));
        check(mode, i -> ethernet(ip("10.0.0.1", "10.0.0.2", 17, ports(i, i + 1, 16))));
        check(mode, i -> ethernet(ip(v4(i), v4(~i & 0xffff), 17, ports(i, ~i & 0xffff, 16))));
        check(mode, i -> ethernet(ip(v6(1), v6(2), 6, ports(i + 1024, 80, 16))));
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterMode.class,
            names = {"VLAN_IP_PORT", "VLAN", "VLAN_IP"})
    void shouldBalanceVlansThatCountUp(ClusterMode mode) {
        byte[] packet = ip("10.0.0.1", "10.0.0.2", 6, ports(1000, 80, 16));

        // There are only 4094 of them, so two thirds of the conversations share theirs with others.
        check(mode, i -> tagged(1 + i % 4094, packet));
        check(
                mode,
                i ->
                        ethernet(
                                0x88a8,
                                tag(1 + i / 100, EtherTypes.VLAN),
                                tag(1 + i % 100, EtherTypes.IPV4),
                                packet));
    }

    @Test
    void shouldBalanceMacPairsThatCountUp() {
        check(
                ClusterMode.VLAN_IP_PORT,
                i -> ethernet(String.format("02000000%04x", i), Packets.MAC_B, 0x88b5));
    }

    @Test
    void shouldMapHashesToMembersEvenly() {
        for (int members : new int[] {1, 2, 3, 7, 8, 32, 1000, 1024}) {
            assertThat(FlowHash.member(0, members)).isZero();
            assertThat(FlowHash.member(-1L, members)).isEqualTo(members - 1);
            assertThat(FlowHash.member(Long.MIN_VALUE, members)).isEqualTo(members / 2);
        }
    }
}
