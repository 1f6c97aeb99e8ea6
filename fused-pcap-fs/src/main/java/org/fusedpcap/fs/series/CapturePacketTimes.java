package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.fusedpcap.cluster.pcap.Resolution;

/**
 * Reads the first packet's time: from classic pcap files, which takes their first 32 bytes, and
 * from pcapng.
 */
public final class CapturePacketTimes implements PacketTimes {

    private static final int NEEDED = PcapFormat.FILE_HEADER_LENGTH + 2 * Integer.BYTES;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long UNSIGNED = 0xffff_ffffL;

    @Override
    public OptionalLong firstPacket(Path file) {
        if (FileState.of(file).isEmpty()) {
            // Opening a fifo would wait for its writer, with all that goes on in the directory.
            return OptionalLong.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(NEEDED);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                // Until it is full or the file ends.
            }
            bytes.flip();
            Optional<CaptureHeader> header = CaptureHeader.read(bytes);
            return header.isPresent()
                    ? firstPacket(header.get(), bytes, channel)
                    : OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong firstPacket(
            CaptureHeader header, ByteBuffer bytes, SeekableByteChannel channel)
            throws IOException {
        if (!(header instanceof PcapHeader pcap)) {
            return new PcapngFirstPacket(channel, header).time();
        }
        return bytes.limit() < NEEDED ? OptionalLong.empty() : OptionalLong.of(time(pcap, bytes));
    }

    private static long time(PcapHeader header, ByteBuffer bytes) {
        bytes.order(header.order());
        long seconds = bytes.getInt(PcapFormat.FILE_HEADER_LENGTH) & UNSIGNED;
        long fraction = bytes.getInt(PcapFormat.FILE_HEADER_LENGTH + Integer.BYTES) & UNSIGNED;
        long unit = header.resolution() == Resolution.NANOSECONDS ? 1 : 1_000;
        return seconds * NANOS_PER_SECOND + fraction * unit;
    }
}
