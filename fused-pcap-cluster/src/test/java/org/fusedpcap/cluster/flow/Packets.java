package org.fusedpcap.cluster.flow;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Builds packets from the inside out. */
final class Packets {

    static final String MAC_A = "02000000000a";
    static final String MAC_B = "02000000000b";

    private Packets() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] u8(int value) {
        return new byte[] {(byte) value};
    }

    static byte[] u16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    static byte[] u32(long value) {
        return join(u16((int) (value >>> 16)), u16((int) value));
    }

    static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static byte[] ethernet(String source, String destination, int type, byte[]... payload) {
        return join(hex(destination), hex(source), u16(type), join(payload));
    }

    static byte[] ethernet(int type, byte[]... payload) {
        return ethernet(MAC_A, MAC_B, type, payload);
    }

    /** An Ethernet frame with the IP packet. */
    static byte[] ethernet(byte[] packet) {
        return ethernet(MAC_A, MAC_B, typeOf(packet), packet);
    }

    static int typeOf(byte[] packet) {
        return packet[0] >>> 4 == 4 ? EtherTypes.IPV4 : EtherTypes.IPV6;
    }

    /** A tag without the TPID before it, and with the type behind it. */
    static byte[] tag(int id, int type) {
        return join(u16(0x6000 | id), u16(type));
    }

    static byte[] ports(int source, int destination, int payloadLength) {
        return join(u16(source), u16(destination), new byte[payloadLength]);
    }

    static byte[] udp(int source, int destination, byte[]... payload) {
        byte[] data = join(payload);
        return join(u16(source), u16(destination), u16(8 + data.length), u16(0), data);
    }

    static byte[] tcp(int source, int destination, int payloadLength) {
        byte[] rest = hex("00000001 00000002 5018 2000 0000 0000");
        return join(u16(source), u16(destination), rest, new byte[payloadLength]);
    }

    /** An IP packet of the addresses' version. */
    static byte[] ip(String source, String destination, int protocol, byte[]... payload) {
        return source.contains(":")
                ? ipv6(source, destination, protocol, payload)
                : ipv4(source, destination, protocol, payload);
    }

    static byte[] ipv4(String source, String destination, int protocol, byte[]... payload) {
        return ipv4(source, destination, protocol, 1, 0, join(payload));
    }

    /** {@code fragment} is the field with flags and offset. */
    static byte[] ipv4(
            String source, String destination, int protocol, int id, int fragment, byte[] payload) {
        return join(
                hex("4500"),
                u16(20 + payload.length),
                u16(id),
                u16(fragment),
                u8(64),
                u8(protocol),
                u16(0),
                address(source),
                address(destination),
                payload);
    }

    static byte[] ipv6(String source, String destination, int nextHeader, byte[]... payload) {
        byte[] data = join(payload);
        return join(
                hex("60000000"),
                u16(data.length),
                u8(nextHeader),
                u8(64),
                address(source),
                address(destination),
                data);
    }

    /** A hop-by-hop, routing or destination options header of 8 bytes. */
    static byte[] extension(int nextHeader) {
        return join(u8(nextHeader), hex("00 01 04 00000000"));
    }

    static byte[] fragmentHeader(int nextHeader, int start, boolean more, int id) {
        return join(u8(nextHeader), u8(0), u16(start | (more ? 1 : 0)), u32(id));
    }

    /** An ICMP or ICMPv6 message with four bytes of zero before its body. */
    static byte[] icmp(int type, int code, byte[]... body) {
        return join(u8(type), u8(code), u16(0), u32(0), join(body));
    }
}
