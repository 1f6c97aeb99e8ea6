package org.fusedpcap.testkit.traffic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.pcap4j.packet.namednumber.EtherType;

/**
 * What is in front of the IP packet.
 *
 * @see <a href="https://www.tcpdump.org/linktypes.html">Link-layer header types</a>
 */
public enum Link {
    /** Ethernet; the only one with VLAN tags. */
    ETHERNET(1),
    /** Linux cooked capture, version 1. */
    LINUX_SLL(113),
    /** Linux cooked capture, version 2. */
    LINUX_SLL2(276),
    /** 802.11 data frames to and from an access point. */
    IEEE802_11(105),
    /** The same behind the shortest radiotap header. */
    RADIOTAP(127),
    /** IP, version 4 or 6, and nothing else. */
    RAW(101),
    /** BSD loopback, as a little-endian machine writes it. */
    NULL(0),
    /** OpenBSD loopback. */
    LOOP(108),
    /** PPP with address and control. */
    PPP(9);

    private static final int LONGEST = 64;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 30;
    private static final int PPP_ADDRESS_AND_CONTROL = 0xff03;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int ARPHRD_ETHER = 1;
    private static final int OUTGOING = 4;
    private static final int TO_ACCESS_POINT = 0x0801;
    private static final int FROM_ACCESS_POINT = 0x0802;
    private static final byte[] ACCESS_POINT = {2, 2, 0, 0, 0, 1};
    private static final byte[] RADIOTAP_HEADER = {0, 0, 8, 0, 0, 0, 0, 0};

    private final int number;

    Link(int number) {
        this.number = number;
    }

    /** Its LINKTYPE_ value. */
    public int number() {
        return number;
    }

    boolean hasTags() {
        return this == ETHERNET;
    }

    /** Whether it can say that something other than IP follows. */
    boolean hasTypes() {
        return switch (this) {
            case ETHERNET, LINUX_SLL, LINUX_SLL2, IEEE802_11, RADIOTAP -> true;
            case RAW, NULL, LOOP, PPP -> false;
        };
    }

    /** The header of a frame of a conversation, on any link but Ethernet. */
    byte[] header(Conversation talk, boolean reply, EtherType type) {
        ByteBuffer out = ByteBuffer.allocate(LONGEST);
        boolean ipv6 = type.equals(EtherType.IPV6);
        switch (this) {
            case ETHERNET -> throw new IllegalStateException("Ethernet has tags and a builder");
            case LINUX_SLL -> cooked(out, talk, reply).putShort(type.value());
            case LINUX_SLL2 -> cooked2(out.putShort(type.value()), talk, reply);
            case IEEE802_11 -> wireless(out, talk, reply, type);
            case RADIOTAP -> wireless(out.put(RADIOTAP_HEADER), talk, reply, type);
            case RAW -> {}
            case NULL -> out.order(ByteOrder.LITTLE_ENDIAN).putInt(ipv6 ? AF_INET6 : AF_INET);
            case LOOP -> out.putInt(ipv6 ? AF_INET6 : AF_INET);
            case PPP ->
                    out.putShort((short) PPP_ADDRESS_AND_CONTROL)
                            .putShort((short) (ipv6 ? PPP_IPV6 : PPP_IPV4));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static ByteBuffer cooked(ByteBuffer out, Conversation talk, boolean reply) {
        byte[] mac = talk.source(reply).mac().getAddress();
        return out.putShort((short) (reply ? 0 : OUTGOING))
                .putShort((short) ARPHRD_ETHER)
                .putShort((short) mac.length)
                .put(mac)
                .putShort((short) 0);
    }

    private static void cooked2(ByteBuffer out, Conversation talk, boolean reply) {
        byte[] mac = talk.source(reply).mac().getAddress();
        out.putShort((short) 0)
                .putInt(1)
                .putShort((short) ARPHRD_ETHER)
                .put((byte) (reply ? 0 : OUTGOING))
                .put((byte) mac.length)
                .put(mac)
                .putShort((short) 0);
    }

    private static void wireless(ByteBuffer out, Conversation talk, boolean reply, EtherType type) {
        byte[] source = talk.source(reply).mac().getAddress();
        byte[] destination = talk.destination(reply).mac().getAddress();
        out.putShort((short) (reply ? FROM_ACCESS_POINT : TO_ACCESS_POINT)).putShort((short) 0);
        if (reply) {
            out.put(destination).put(ACCESS_POINT).put(source);
        } else {
            out.put(ACCESS_POINT).put(source).put(destination);
        }
        // Sequence control, then LLC and SNAP with nobody's organization code.
        out.putShort((short) 0).putShort((short) 0xaaaa).putInt(0x03000000).putShort(type.value());
    }
}
