package org.fusedpcap.cluster.flow;

/** What an IP header carries, by its protocol. */
final class IpPayload {

    private static final int PORTS_LENGTH = 4;

    private IpPayload() {}

    static void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        int protocol = cursor.number();
        if (IpProtocols.hasPorts(protocol)) {
            readPorts(frame, protocol);
        } else if (IcmpHeader.isIcmp(frame.key)) {
            IcmpHeader.read(frame);
        } else if (frame.looksIntoTunnels()) {
            readTunnel(frame, protocol);
        } else {
            cursor.stop();
        }
    }

    private static void readPorts(Dissection frame, int protocol) {
        HeaderCursor cursor = frame.cursor;
        if (!cursor.has(PORTS_LENGTH)) {
            cursor.stopDamaged();
            return;
        }
        frame.key.ports(cursor.u16(0), cursor.u16(2));
        if (protocol == IpProtocols.UDP && frame.looksIntoTunnels()) {
            UdpTunnels.read(frame);
        } else {
            cursor.stop();
        }
    }

    private static void readTunnel(Dissection frame, int protocol) {
        switch (protocol) {
            case IpProtocols.IPV4 -> frame.cursor.next(Layer.IPV4, 0);
            case IpProtocols.IPV6 -> frame.cursor.next(Layer.IPV6, 0);
            case IpProtocols.MPLS -> frame.cursor.next(Layer.MPLS, 0);
            case IpProtocols.GRE -> GreHeader.read(frame);
            default -> frame.cursor.stop();
        }
    }
}
