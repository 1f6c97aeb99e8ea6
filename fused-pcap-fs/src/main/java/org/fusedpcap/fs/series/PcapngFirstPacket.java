package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.Framing;
import org.fusedpcap.cluster.pcap.InterfaceDescription;
import org.fusedpcap.cluster.pcap.PcapngFormat;

/**
 * Looks for the first packet of a pcapng file that has a time: simple packet blocks have none. For
 * one file and one thread.
 */
final class PcapngFirstPacket {

    /** Interfaces and a packet's header are in the first few hundred bytes, as a rule. */
    private static final int LENGTH = 16 * 1024;

    /** So many times is read, each time behind what was skipped: a file may be of other blocks. */
    private static final int MOST_READS = 64;

    private final SeekableByteChannel channel;
    private final Framing blocks;
    private final ByteBuffer bytes;
    private final List<InterfaceDescription> interfaces = new ArrayList<>();

    PcapngFirstPacket(SeekableByteChannel channel, CaptureHeader header) {
        this.channel = channel;
        this.blocks = header.framing();
        this.bytes = ByteBuffer.allocate(LENGTH).order(header.order());
    }

    /** Its time in ns since 1970; empty if there is none among the file's first blocks. */
    OptionalLong time() throws IOException {
        long offset = 0;
        for (int reads = 0; reads < MOST_READS; reads++) {
            fill(offset);
            int at = 0;
            int length = blocks.unitLength(bytes, at);
            while (length > 0 && isThere(at, length)) {
                OptionalLong time = look(at, length);
                if (time.isPresent()) {
                    return time;
                }
                at += length;
                length = blocks.unitLength(bytes, at);
            }
            if (at == 0) {
                return OptionalLong.empty();
            }
            offset += at;
        }
        return OptionalLong.empty();
    }

    private void fill(long offset) throws IOException {
        bytes.clear();
        channel.position(offset);
        while (bytes.hasRemaining() && channel.read(bytes) > 0) {
            // Until it is full or the file ends.
        }
        bytes.flip();
    }

    /** Whether a block is in the buffer, or fills it. */
    private boolean isThere(int at, int length) {
        return at + length <= bytes.limit() || at == 0 && bytes.limit() == LENGTH;
    }

    private OptionalLong look(int at, int length) {
        switch (bytes.getInt(at)) {
            case PcapngFormat.SECTION_HEADER -> interfaces.clear();
            case PcapngFormat.INTERFACE_DESCRIPTION ->
                    interfaces.add(
                            InterfaceDescription.read(
                                    bytes, at, Math.min(length, bytes.limit() - at)));
            case PcapngFormat.ENHANCED_PACKET, PcapngFormat.OBSOLETE_PACKET -> {
                int number = PcapngFormat.interfaceOf(bytes, at);
                return number < 0 || number >= interfaces.size()
                        ? OptionalLong.empty()
                        : OptionalLong.of(interfaces.get(number).packetTime(bytes, at));
            }
            default -> {
                // Nothing that says when.
            }
        }
        return OptionalLong.empty();
    }
}
