package org.fusedpcap.cluster.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Headers as a capture program writes them, field by field. */
final class HeaderBytes {

    private HeaderBytes() {}

    static ByteBuffer file(ByteOrder order, int magic, int major, int minor, int linkWord) {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(order);
        bytes.putInt(magic).putShort((short) major).putShort((short) minor);
        bytes.putInt(0).putInt(0).putInt(65535).putInt(linkWord);
        return bytes.flip();
    }

    static PcapHeader header(ByteOrder order, int magic, int minor, int linkWord)
            throws InvalidCaptureException {
        return PcapHeader.parse(file(order, magic, 2, minor, linkWord));
    }

    /** A record's header, with two words more where records have the longer one. */
    static ByteBuffer record(PcapHeader header, int seconds, int captured, int original) {
        ByteBuffer bytes = ByteBuffer.allocate(header.recordHeaderLength()).order(header.order());
        bytes.putInt(seconds).putInt(7).putInt(captured).putInt(original);
        return bytes.clear();
    }
}
