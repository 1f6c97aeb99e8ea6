package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fusedpcap.testkit.oracle.CaptureReader;
import org.fusedpcap.testkit.oracle.CapturedPacket;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.traffic.Encapsulation;
import org.fusedpcap.testkit.traffic.FrameKind;
import org.fusedpcap.testkit.traffic.FrameSizes;
import org.fusedpcap.testkit.traffic.FrameSource;
import org.fusedpcap.testkit.traffic.Marker;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.Shares;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.traffic.Transport;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureFile;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.FlushPolicy;

/**
 * A capture with plenty of everything that is hard to share out.
 *
 * @param files the segments, in their order
 * @param expectation what all members together must get
 */
record ClusterTraffic(List<Path> files, Expectation expectation) {

    /** More than are seen in the end: some of so many never speak in a short capture. */
    private static final int CONVERSATIONS = 15_000;

    private static final Set<FrameKind> FRAGMENTS =
            EnumSet.of(FrameKind.FIRST_FRAGMENT, FrameKind.LATER_FRAGMENT);

    private static final Profile EVERYTHING =
            new Profile(
                    Shares.of(
                            Map.of(
                                    Transport.TCP, 35,
                                    Transport.UDP, 35,
                                    Transport.DNS, 10,
                                    Transport.SCTP, 10,
                                    Transport.ICMP, 10)),
                    Shares.of(
                            Map.of(
                                    Encapsulation.NONE, 72,
                                    Encapsulation.GRE, 4,
                                    Encapsulation.IP_IN_IP, 4,
                                    Encapsulation.VXLAN, 4,
                                    Encapsulation.GENEVE, 4,
                                    Encapsulation.GTP_U, 4,
                                    Encapsulation.MPLS, 4,
                                    Encapsulation.PPPOE, 4)),
                    40,
                    20,
                    15,
                    5,
                    60,
                    30,
                    20);

    /** Traffic of every kind, in small frames. */
    static TrafficSpec spec(long seed) {
        return TrafficSpec.ofSeed(seed)
                .with(EVERYTHING)
                .with(FrameSizes.IMIX)
                .withConversations(CONVERSATIONS);
    }

    /**
     * Writes segments of such traffic; the last one has a few more packets, so that no datagram's
     * first fragment is left out.
     */
    static ClusterTraffic write(Path directory, long seed, int segments, int packets)
            throws IOException {
        WholeDatagrams traffic = new WholeDatagrams(new Traffic(spec(seed)));
        CaptureClock clock = CaptureClock.virtual(CaptureClock.START, 1000);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            files.add(directory.resolve("eth0.pcap." + (1_000_000 + i)));
            boolean isLast = i == segments - 1;
            try (CaptureFile file =
                    new CaptureFile(files.get(i), CaptureFormat.PCAP, FlushPolicy.BLOCK)) {
                while (file.packets() < packets || isLast && !traffic.isSettled()) {
                    file.write(traffic, clock.nextNanos());
                }
                file.flush();
            }
        }
        return of(files);
    }

    /** Traffic that knows when no fragment is to come any more. */
    private static final class WholeDatagrams implements FrameSource {

        /** So many frames without a fragment, and none of a datagram that was begun is to come. */
        private static final int LONGEST_PAUSE = 64;

        private final Traffic traffic;
        private int pause;

        WholeDatagrams(Traffic traffic) {
            this.traffic = traffic;
        }

        @Override
        public int next(byte[] out, int offset) {
            int length = traffic.next(out, offset);
            boolean isFragment =
                    Marker.find(out, offset, length)
                            .filter(marker -> FRAGMENTS.contains(marker.kind()))
                            .isPresent();
            pause = isFragment ? 0 : pause + 1;
            return length;
        }

        boolean isSettled() {
            return pause >= LONGEST_PAUSE;
        }
    }

    static ClusterTraffic of(List<Path> files) throws IOException {
        return new ClusterTraffic(files, Expectation.ofFiles(files));
    }

    /** Number of conversations that have a packet in it. */
    int conversations() throws IOException {
        BitSet seen = new BitSet();
        for (Path file : files) {
            try (CaptureReader reader = CaptureReader.open(file)) {
                for (Optional<CapturedPacket> next = reader.next();
                        next.isPresent();
                        next = reader.next()) {
                    marker(next.get()).ifPresent(marker -> seen.set(marker.conversation()));
                }
            }
        }
        return seen.cardinality();
    }

    private static Optional<Marker> marker(CapturedPacket packet) {
        return Marker.find(packet.bytes(), packet.offset(), packet.captured());
    }

    String first() {
        return files.get(0).getFileName().toString();
    }

    String last() {
        return files.get(files.size() - 1).getFileName().toString();
    }

    String range() {
        return first() + ".." + last();
    }
}
