package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fusedpcap.testkit.traffic.FrameSource;
import org.fusedpcap.testkit.traffic.Link;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.PcapngBlocks;

/**
 * Writes pcapng with all that the format has: interfaces of several link types that talk of the
 * same conversations, several sections in a file, both byte orders, and blocks of every kind.
 */
final class PcapngSource {

    private static final List<Link> LINKS = List.of(Link.ETHERNET, Link.RAW, Link.LINUX_SLL);
    private static final int MICROSECONDS = 6;
    private static final int NANOSECONDS = 9;

    /** So many packets of one interface in a row. */
    private static final int BATCH = 25;

    private static final int BATCHES = 40;

    private final Path directory;
    private final TrafficSpec spec;
    private final List<Path> files = new ArrayList<>();
    private final byte[] frame = new byte[FrameSource.LONGEST_FRAME];
    private long sequence;

    /**
     * @param directory where to write
     */
    PcapngSource(Path directory, long seed) {
        this.directory = directory;
        this.spec = TrafficSpec.ofSeed(seed).with(Profile.PLAIN);
    }

    /** The files, in their order. */
    List<Path> files() {
        return files;
    }

    /** A file whose sections have these byte orders. */
    PcapngSource segment(String name, ByteOrder... orders) throws IOException {
        PcapngBlocks blocks = new PcapngBlocks(orders[0]);
        for (ByteOrder order : orders) {
            section(blocks.order(order));
        }
        files.add(Files.write(directory.resolve(name), blocks.toBytes()));
        return this;
    }

    private void section(PcapngBlocks blocks) {
        blocks.section(files.size() % 2 == 0 ? -1 : 1 << 20);
        for (Link link : LINKS) {
            int resolution = link == Link.RAW ? NANOSECONDS : MICROSECONDS;
            blocks.interfaceOf(link.number(), 0, resolution, 0);
        }
        blocks.names().secrets();
        for (int i = 0; i < BATCHES; i++) {
            batch(blocks, i % LINKS.size());
            if (i % 7 == 0) {
                blocks.names().unknown(i).custom(3 * i);
            }
        }
        for (int i = 0; i < LINKS.size(); i++) {
            blocks.statistics(i, sequence);
        }
    }

    private void batch(PcapngBlocks blocks, int number) {
        Traffic traffic = new Traffic(spec.with(LINKS.get(number)).from(sequence));
        for (int i = 0; i < BATCH; i++) {
            int length = traffic.next(frame, 0);
            byte[] packet = Arrays.copyOf(frame, length);
            switch (i % 5) {
                case 0 -> blocks.obsoletePacket(number, ticks(number), packet);
                case 1 -> write(blocks, number, packet);
                default -> blocks.packet(number, ticks(number), packet);
            }
            sequence++;
        }
    }

    private void write(PcapngBlocks blocks, int number, byte[] packet) {
        if (number == 0) {
            blocks.simplePacket(packet);
        } else {
            blocks.packet(number, ticks(number), packet);
        }
    }

    private long ticks(int number) {
        long micros = 1_795_000_000_000_000L + sequence * 100;
        return LINKS.get(number) == Link.RAW ? micros * 1000 : micros;
    }
}
