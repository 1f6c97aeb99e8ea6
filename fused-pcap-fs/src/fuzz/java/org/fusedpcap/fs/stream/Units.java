package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.Framing;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;

/**
 * A capture that has whole records or blocks and nothing else.
 *
 * @param packets those with a packet
 * @param others the other ones
 */
record Units(CaptureHeader header, List<ByteBuffer> packets, List<ByteBuffer> others) {

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int SECTION_LENGTH_OFFSET = 16;

    /** Takes a stream apart, and fails where it cannot. */
    static Units of(byte[] stream) throws InvalidCaptureException {
        CaptureHeader header = CaptureHeader.read(ByteBuffer.wrap(stream)).orElseThrow();
        Framing framing = header.framing();
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(header.order());
        List<ByteBuffer> packets = new ArrayList<>();
        List<ByteBuffer> others = new ArrayList<>();
        int at = header.length();
        while (at < stream.length) {
            int length = framing.unitLength(bytes, at);
            assertThat(length).as("record at %d", at).isPositive();
            assertThat(at + length).isLessThanOrEqualTo(stream.length);
            ByteBuffer unit = bytes.slice(at, length);
            if (framing.isPacket(bytes, at)) {
                packets.add(unit);
            } else {
                others.add(withoutSectionLength(unit));
            }
            at += length;
        }
        return new Units(header, packets, others);
    }

    /** How long a section is differs from member to member. */
    private static ByteBuffer withoutSectionLength(ByteBuffer block) {
        ByteBuffer copy = ByteBuffer.allocate(block.limit()).put(block.duplicate()).flip();
        return copy.getInt(0) == SECTION_HEADER ? copy.putLong(SECTION_LENGTH_OFFSET, 0) : copy;
    }
}
