package org.fusedpcap.cluster.flow;

import java.nio.ByteBuffer;

/**
 * Reads frames of one link type at a time, header after header. The number of headers has a bound,
 * and so has each loop within one, so the worst frame takes no longer than some microseconds.
 */
final class FrameReader {

    private static final int MAX_HEADERS = 32;

    private final Dissection frame;
    private Layer first = Layer.DONE;

    FrameReader(Dissection frame) {
        this.frame = frame;
    }

    /** Link type of the frames read from now on; of one that is not supported nothing is read. */
    void linkType(int linkType) {
        first = Layer.ofLinkType(linkType);
    }

    /** Reads a frame; what it says is in the dissection's parts then. */
    void read(ByteBuffer buffer, int offset, int capturedLength, int originalLength) {
        frame.begin(false);
        frame.cursor.begin(buffer, offset, capturedLength, originalLength, first);
        readHeaders();
    }

    /** Reads a frame only as far as is needed to know whether it is the first of some fragments. */
    void readFirstFragment(ByteBuffer buffer, int offset, int capturedLength, int originalLength) {
        frame.cursor.begin(buffer, offset, capturedLength, originalLength, first);
        frame.fragments.clear();
        if (first != Layer.ETHERNET || !Glance.isWhole(frame)) {
            frame.begin(true);
            readHeaders();
        }
    }

    private void readHeaders() {
        HeaderCursor cursor = frame.cursor;
        for (int i = 0; i < MAX_HEADERS; i++) {
            if (cursor.next() == Layer.DONE) {
                return;
            }
            readHeader(cursor.next());
        }
        cursor.stopDamaged();
    }

    private void readHeader(Layer layer) {
        switch (layer) {
            case ETHERNET -> EthernetHeader.read(frame);
            case VLAN -> EthernetHeader.readTag(frame);
            case IPV4, IPV6 -> readIp(layer);
            case IP_PAYLOAD -> IpPayload.read(frame);
            case MPLS -> MplsHeader.read(frame);
            case LLC -> LlcHeader.read(frame);
            case PPP -> PppHeader.read(frame);
            case PPPOE -> PppHeader.readPppoe(frame);
            default -> readLink(layer);
        }
    }

    private void readIp(Layer layer) {
        if (!frame.needsIp()) {
            frame.cursor.stop();
        } else if (layer == Layer.IPV4) {
            Ipv4Header.read(frame);
        } else {
            Ipv6Header.read(frame);
        }
    }

    private void readLink(Layer layer) {
        switch (layer) {
            case COOKED_V1 -> CookedHeader.readVersion1(frame);
            case COOKED_V2 -> CookedHeader.readVersion2(frame);
            case LOOPBACK -> LoopbackHeader.read(frame);
            case RAW_IP -> LoopbackHeader.readIfIp(frame.cursor);
            case WIRELESS -> WirelessHeader.read(frame);
            case RADIOTAP -> RadiotapHeader.read(frame);
            case PPP_LINK -> PppHeader.readLink(frame);
            case PPPOE_LINK -> PppHeader.readPppoeLink(frame);
            default -> throw new IllegalStateException("no header: " + layer);
        }
    }
}
