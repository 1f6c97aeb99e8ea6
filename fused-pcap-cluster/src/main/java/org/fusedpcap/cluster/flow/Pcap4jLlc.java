package org.fusedpcap.cluster.flow;

import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.LlcPacket;
import org.pcap4j.packet.SnapPacket;

/**
 * Has pcap4j read the LLC headers that {@link LlcHeader} declines: with a control field of two
 * bytes, with another organization's code, or without SNAP.
 *
 * <p>pcap4j gets a copy of the LLC and SNAP headers and not one byte more. It decodes eagerly all
 * it is given, up to application protocols, where a small crafted packet takes milliseconds; this
 * way the cost has a bound. What follows is read in place again.
 */
final class Pcap4jLlc implements HeaderReader {

    private static final int DSAP_SNAP = 0xaa;
    private static final int CONTROL = 2;
    private static final int UNNUMBERED = 3;
    private static final int SNAP_LENGTH = 5;

    static {
        // Loading pcap4j's classes takes longer than any frame may.
        decode(new byte[] {(byte) DSAP_SNAP, (byte) DSAP_SNAP, UNNUMBERED, 0, 0, 0, 8, 0});
    }

    private final FlowCounters counters;

    Pcap4jLlc(FlowCounters counters) {
        this.counters = counters;
    }

    @Override
    public void read(Dissection frame) {
        HeaderCursor cursor = frame.cursor;
        int length = headerLength(cursor);
        if (!cursor.has(length)) {
            cursor.stopDamaged();
            return;
        }
        counters.frameForPcap4j();
        byte[] headers = new byte[length];
        cursor.copy(headers);
        int type = decode(headers);
        if (type > EtherTypes.LARGEST_LENGTH) {
            EtherTypes.follow(frame, length, type);
        } else {
            cursor.stop();
        }
    }

    private static int headerLength(HeaderCursor cursor) {
        if (!cursor.has(CONTROL + 1)) {
            return CONTROL + 1;
        }
        int llcLength = (cursor.u8(CONTROL) & UNNUMBERED) == UNNUMBERED ? 3 : 4;
        return cursor.u8(0) == DSAP_SNAP ? llcLength + SNAP_LENGTH : llcLength;
    }

    // A frame must never end a cluster, so errors of the library are treated like bad bytes.
    private static int decode(byte[] headers) {
        try {
            return snapType(headers);
        } catch (Throwable undecodable) {
            return 0;
        }
    }

    private static int snapType(byte[] headers) throws IllegalRawDataException {
        SnapPacket snap = LlcPacket.newPacket(headers, 0, headers.length).get(SnapPacket.class);
        return snap == null ? 0 : snap.getHeader().getProtocolId().value() & 0xffff;
    }
}
