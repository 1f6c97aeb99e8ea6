package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.cluster.flow.Packets.hex;
import static org.fusedpcap.cluster.flow.Packets.ipv4;
import static org.fusedpcap.cluster.flow.Packets.join;
import static org.fusedpcap.cluster.flow.Packets.udp;

import org.fusedpcap.cluster.pcap.LinkTypes;
import org.junit.jupiter.api.Test;

/** The headers of 802.11 in their many lengths. */
class WirelessTest {

    private static final String ADDRESSES = "0000 020000000001 020000000002 020000000003 1000";
    private static final String SNAP = "aaaa03 000000 0800";
    private static final byte[] PACKET = ipv4("10.0.0.1", "10.0.0.2", 17, udp(1000, 2000));
    private static final String CONVERSATION = "vlan=none ip=10.0.0.1:1000,10.0.0.2:2000 proto=17";

    private final Probe probe = Probe.ofLinkType(LinkTypes.IEEE802_11);
    private final Probe radiotap = Probe.ofLinkType(LinkTypes.IEEE802_11_RADIOTAP);

    private static byte[] frame(String headers) {
        return join(hex(headers), PACKET);
    }

    @Test
    void shouldReadQosHtControlAndFourAddresses() {
        assertThat(probe.key(frame("8801" + ADDRESSES + "0000" + SNAP))).isEqualTo(CONVERSATION);
        assertThat(probe.key(frame("8881" + ADDRESSES + "0000 00000000" + SNAP)))
                .isEqualTo(CONVERSATION);
        assertThat(probe.key(frame("8803" + ADDRESSES + "020000000004 0000" + SNAP)))
                .isEqualTo(CONVERSATION);
    }

    @Test
    void shouldReadTheFirstOfAggregatedFrames() {
        String subframe = "020000000001 020000000002 0040";

        assertThat(probe.key(frame("8801" + ADDRESSES + "8000" + subframe + SNAP)))
                .isEqualTo(CONVERSATION);
    }

    @Test
    void shouldGoByTheEndsMacsIfThePacketCannotBeRead() {
        String fourAddresses = ADDRESSES + "020000000004";

        assertThat(probe.key(frame("0840" + ADDRESSES))).contains("020000000001,020000000002");
        assertThat(probe.key(frame("0841" + ADDRESSES))).contains("020000000002,020000000003");
        assertThat(probe.key(frame("0842" + ADDRESSES))).contains("020000000001,020000000003");
        assertThat(probe.key(frame("0843" + fourAddresses))).contains("020000000003,020000000004");
        assertThat(probe.key(hex("4801" + ADDRESSES))).contains("020000000002,020000000003");
    }

    @Test
    void shouldGoByTheAddressesThereAreInManagementAndControlFrames() {
        assertThat(probe.key(hex("8000" + ADDRESSES + "0000")))
                .isEqualTo("vlan=none mac=020000000001,020000000002 type=0000");
        assertThat(probe.key(hex("b400 0000 020000000001 020000000002")))
                .contains("mac=020000000001,020000000002");
        assertThat(probe.key(hex("d400 0000 020000000001 deadbeef")))
                .contains("mac=000000000000,020000000001");
    }

    @Test
    void shouldSkipTheRadiotapHeaderWhateverIsInIt() {
        String data = "0801" + ADDRESSES + SNAP;

        assertThat(radiotap.key(frame("00 00 0800 00000000" + data))).isEqualTo(CONVERSATION);
        assertThat(radiotap.key(frame("00 00 0a00 02000000 00 00" + data))).isEqualTo(CONVERSATION);
    }

    @Test
    void shouldSkipThePaddingThatRadiotapSpeaksOf() {
        String padded = "8801" + ADDRESSES + "0000 0000" + SNAP;
        String plainFlags = "00 00 0900 02000000 20";
        String behindTimer = "00 00 1900 030000a0 00000020 00000000 0000000000000000 20";

        assertThat(radiotap.key(frame(plainFlags + padded))).isEqualTo(CONVERSATION);
        assertThat(radiotap.key(frame(behindTimer + padded))).isEqualTo(CONVERSATION);
    }
}
