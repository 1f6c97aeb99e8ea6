package org.fusedpcap.testkit.traffic;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses from numbers, without a name service. */
final class Addresses {

    private Addresses() {}

    static Inet4Address v4(int a, int b, int c, int d) {
        return (Inet4Address) of(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
    }

    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
