package org.fusedpcap.cluster.flow;

import java.util.Arrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Frames of some thousand conversations, as the benchmarks share them. */
public enum Traffic {
    /** TCP in the shortest Ethernet frames: 60 bytes and a checksum that is not captured. */
    SMALL,
    /** Sizes as on the internet (7 of 60, 4 of 590 and 1 of 1514 bytes), all kinds of packets. */
    MIXED,
    /** TCP in the longest Ethernet frames. */
    LARGE;

    private static final long SEED = 20_261_122L;
    private static final int CONVERSATIONS = 4096;
    private static final int SMALL_SIZE = 60;
    private static final int MEDIUM_SIZE = 590;
    private static final int LARGE_SIZE = 1514;

    /** {@code count} frames; always the same. */
    public List<byte[]> frames(int count) {
        Random random = new Random(SEED);
        List<byte[]> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            frames.add(frame(random));
        }
        return frames;
    }

    private byte[] frame(Random random) {
        int conversation = random.nextInt(CONVERSATIONS);
        return switch (this) {
            case SMALL -> tcp(conversation, SMALL_SIZE);
            case LARGE -> tcp(conversation, LARGE_SIZE);
            case MIXED -> mixed(conversation, random);
        };
    }

    private static byte[] tcp(int conversation, int size) {
        int payload = Math.max(0, size - 14 - 20 - 20);
        return fill(Packets.ethernet(ipv4(conversation, 6, Packets.tcp(1024, 443, payload))), size);
    }

    private static byte[] mixed(int conversation, Random random) {
        int kind = random.nextInt(12);
        int size = kind < 7 ? SMALL_SIZE : kind < 11 ? MEDIUM_SIZE : LARGE_SIZE;
        // Each conversation keeps its kind: 60 % TCP, a quarter UDP, a fifth IPv6, some tagged.
        return switch (conversation % 20) {
            case 0, 1, 2 -> udp6(conversation, size);
            case 3 -> tcp6(conversation, size);
            case 4, 5 -> tagged(udp(conversation, size - 4));
            case 6 -> echo(conversation, size);
            case 7, 8, 9 -> udp(conversation, size);
            default -> tcp(conversation, size);
        };
    }

    private static byte[] udp(int conversation, int size) {
        byte[] payload = new byte[Math.max(0, size - 14 - 20 - 8)];
        return fill(Packets.ethernet(ipv4(conversation, 17, Packets.udp(1024, 53, payload))), size);
    }

    private static byte[] echo(int conversation, int size) {
        byte[] body = new byte[Math.max(0, size - 14 - 20 - 8)];
        return fill(Packets.ethernet(ipv4(conversation, 1, Packets.icmp(8, 0, body))), size);
    }

    private static byte[] udp6(int conversation, int size) {
        byte[] payload = new byte[Math.max(0, size - 14 - 40 - 8)];
        return fill(Packets.ethernet(ipv6(conversation, 17, Packets.udp(1024, 53, payload))), size);
    }

    private static byte[] tcp6(int conversation, int size) {
        int payload = Math.max(0, size - 14 - 40 - 20);
        return fill(Packets.ethernet(ipv6(conversation, 6, Packets.tcp(1024, 443, payload))), size);
    }

    private static byte[] ipv4(int conversation, int protocol, byte[] payload) {
        String host = "10.1." + (conversation >>> 8) + "." + (conversation & 0xff);
        return Packets.ipv4(host, "192.0.2.1", protocol, payload);
    }

    private static byte[] ipv6(int conversation, int protocol, byte[] payload) {
        String host = "2001:db8::" + Integer.toHexString(conversation + 1);
        return Packets.ipv6(host, "2001:db8:ffff::1", protocol, payload);
    }

    private static byte[] tagged(byte[] frame) {
        byte[] type = {frame[12], frame[13]};
        return Packets.join(
                Arrays.copyOf(frame, 12),
                Packets.u16(EtherTypes.VLAN),
                Packets.u16(100),
                type,
                Arrays.copyOfRange(frame, 14, frame.length));
    }

    private static byte[] fill(byte[] frame, int size) {
        return Arrays.copyOf(frame, Math.max(size, frame.length));
    }
}
