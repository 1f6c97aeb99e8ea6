package org.fusedpcap.cluster.flow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A key in words, for people and for comparison: {@code vlan=10.20 ip=10.0.0.1:80,10.0.0.2:5000
 * proto=6}, the lower endpoint first, and only what the mode takes.
 */
final class KeyText {

    private KeyText() {}

    static String of(FlowKey key, ClusterMode mode) {
        String vlan = mode.usesVlan() ? "vlan=" + vlans(key) : "";
        String rest = mode.usesIp() ? endpoints(key, mode) : "";
        return (vlan + " " + rest).strip();
    }

    private static String vlans(FlowKey key) {
        return vlans(IntStream.range(0, key.vlanCount()).map(key::vlanId));
    }

    static String vlans(IntStream ids) {
        String stack = ids.mapToObj(Integer::toString).collect(Collectors.joining("."));
        return stack.isEmpty() ? "none" : stack;
    }

    private static String endpoints(FlowKey key, ClusterMode mode) {
        return switch (key.kind()) {
            case FlowKey.NOTHING -> "nothing";
            case FlowKey.LINK -> link(key.source(), key.destination(), key.etherType());
            default -> {
                boolean port = mode.usesPort();
                yield ip(
                        address(key.kind(), key.sourceHigh(), key.source()),
                        port ? key.sourcePort() : -1,
                        address(key.kind(), key.destinationHigh(), key.destination()),
                        port ? key.destinationPort() : -1,
                        key.protocol());
            }
        };
    }

    static String link(long one, long other, int etherType) {
        return String.format(
                "mac=%012x,%012x type=%04x", Math.min(one, other), Math.max(one, other), etherType);
    }

    /** With ports below 0: the form of the modes without ports. */
    static String ip(InetAddress one, int onePort, InetAddress other, int otherPort, int protocol) {
        int order = compare(one, onePort, other, otherPort);
        String low = endpoint(order <= 0 ? one : other, order <= 0 ? onePort : otherPort);
        String high = endpoint(order <= 0 ? other : one, order <= 0 ? otherPort : onePort);
        return "ip=" + low + "," + high + (onePort < 0 ? "" : " proto=" + protocol);
    }

    private static int compare(InetAddress one, int onePort, InetAddress other, int otherPort) {
        int byAddress = Arrays.compareUnsigned(one.getAddress(), other.getAddress());
        return byAddress != 0 ? byAddress : Integer.compare(onePort, otherPort);
    }

    private static String endpoint(InetAddress address, int port) {
        String host = address.getHostAddress();
        String quoted = host.contains(":") ? "[" + host + "]" : host;
        return port < 0 ? quoted : quoted + ":" + port;
    }

    private static InetAddress address(int kind, long high, long low) {
        byte[] bytes =
                kind == FlowKey.IPV4
                        ? ByteBuffer.allocate(4).putInt((int) low).array()
                        : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
