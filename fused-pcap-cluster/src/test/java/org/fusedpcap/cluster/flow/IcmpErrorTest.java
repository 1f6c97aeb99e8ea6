package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.cluster.flow.Packets.ethernet;
import static org.fusedpcap.cluster.flow.Packets.fragmentHeader;
import static org.fusedpcap.cluster.flow.Packets.icmp;
import static org.fusedpcap.cluster.flow.Packets.ipv4;
import static org.fusedpcap.cluster.flow.Packets.ipv6;
import static org.fusedpcap.cluster.flow.Packets.tag;
import static org.fusedpcap.cluster.flow.Packets.tcp;
import static org.fusedpcap.cluster.flow.Packets.udp;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ICMP errors go with the conversation they quote. */
class IcmpErrorTest {

    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";
    private static final String ROUTER = "192.0.2.1";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";
    private static final String ROUTER6 = "2001:db8:ffff::1";

    private static final byte[] PACKET = ipv4(A, B, 6, tcp(5000, 80, 100));
    private static final byte[] PACKET6 = ipv6(A6, B6, 17, udp(5000, 53, new byte[50]));

    private final Probe probe = Probe.ofEthernet();

    private static byte[] error(int type, byte[] quote) {
        return ethernet(ipv4(ROUTER, A, 1, icmp(type, 0, quote)));
    }

    private static byte[] error6(int type, byte[] quote) {
        return ethernet(ipv6(ROUTER6, A6, 58, icmp(type, 0, quote)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 11, 12})
    void shouldGoWithTheQuotedConversation(int type) {
        byte[] shortest = Arrays.copyOf(PACKET, 28);

        assertThat(probe.hash(error(type, shortest))).isEqualTo(probe.hash(ethernet(PACKET)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldGoWithTheQuotedIpv6Conversation(int type) {
        assertThat(probe.hash(error6(type, PACKET6))).isEqualTo(probe.hash(ethernet(PACKET6)));
    }

    @ParameterizedTest
    @EnumSource(ClusterMode.class)
    void shouldGoWithItInEveryModeAndVlan(ClusterMode mode) {
        Probe inMode = Probe.ofEthernet(mode);
        byte[] packet = ethernet(EtherTypes.VLAN, tag(5, EtherTypes.IPV4), PACKET);
        byte[] error =
                ethernet(
                        EtherTypes.VLAN,
                        tag(5, EtherTypes.IPV4),
                        ipv4(ROUTER, A, 1, icmp(3, 1, PACKET)));

        assertThat(inMode.hash(error)).isEqualTo(inMode.hash(packet));
    }

    @Test
    void shouldGoByAddressesAndProtocolIfTheQuoteIsOfAnother() {
        byte[] echo = ipv4(A, B, 1, icmp(8, 0, new byte[20]));

        assertThat(probe.hash(error(11, echo))).isEqualTo(probe.hash(ethernet(echo)));
    }

    @Test
    void shouldGoByItsOwnAddressesIfNothingIsQuoted() {
        assertThat(probe.key(error(3, new byte[0]))).endsWith("10.0.0.1:0,192.0.2.1:0 proto=1");
        assertThat(probe.key(error(3, new byte[40]))).endsWith("10.0.0.1:0,192.0.2.1:0 proto=1");
    }

    @Test
    void shouldNotFollowQuotesOfErrors() {
        byte[] inner = ipv4(A, B, 1, icmp(3, 0, PACKET));

        assertThat(probe.key(error(3, inner))).endsWith("10.0.0.1:0,10.0.0.2:0 proto=1");
    }

    @Test
    void shouldFindTheConversationOfAQuotedLaterFragment() {
        FlowClassifier classifier = probe.classifier();
        byte[] datagram = udp(5000, 53, new byte[1000]);
        byte[] first = ipv4(A, B, 17, 77, 0x2000, Arrays.copyOf(datagram, 800));
        byte[] later =
                ipv4(A, B, 17, 77, 800 / 8, Arrays.copyOfRange(datagram, 800, datagram.length));

        long conversation = Probe.hash(classifier, ethernet(first));

        assertThat(Probe.hash(classifier, error(11, Arrays.copyOf(later, 28))))
                .isEqualTo(conversation);
        assertThat(Probe.hash(classifier, ethernet(later))).isEqualTo(conversation);
        assertThat(Probe.hash(classifier, error(11, Arrays.copyOf(later, 28))))
                .isEqualTo(conversation);
        assertThat(classifier.counters().guessedFragments()).isZero();
    }

    @Test
    void shouldFindTheConversationOfAQuotedLaterIpv6Fragment() {
        FlowClassifier classifier = probe.classifier();
        byte[] datagram = udp(5000, 53, new byte[1000]);
        byte[] first =
                ipv6(A6, B6, 44, fragmentHeader(17, 0, true, 77), Arrays.copyOf(datagram, 800));
        byte[] later =
                ipv6(
                        A6,
                        B6,
                        44,
                        fragmentHeader(17, 800, false, 77),
                        Arrays.copyOfRange(datagram, 800, datagram.length));

        long conversation = Probe.hash(classifier, ethernet(first));

        assertThat(conversation).isEqualTo(probe.hash(ethernet(PACKET6)));
        assertThat(Probe.hash(classifier, error6(3, later))).isEqualTo(conversation);
    }
}
