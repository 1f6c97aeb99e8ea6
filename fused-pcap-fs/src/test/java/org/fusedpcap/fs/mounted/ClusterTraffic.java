package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.CaptureReader;
import org.fusedpcap.testkit.oracle.CapturedPacket;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.traffic.Encapsulation;
import org.fusedpcap.testkit.traffic.FrameSizes;
import org.fusedpcap.testkit.traffic.Marker;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.Shares;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.traffic.Transport;

/**
 * A capture with plenty of everything that is hard to share out.
 *
 * @param files the segments, in their order
 * @param expectation what all members together must get
 */
record ClusterTraffic(List<Path> files, Expectation expectation) {

    /** More than are seen in the end: some of so many never speak in a short capture. */
    private static final int CONVERSATIONS = 15_000;

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

    /** Writes segments of such traffic. */
    static ClusterTraffic write(Path directory, long seed, int segments, int packets)
            throws IOException {
        Captures captures = Captures.in(directory).traffic(spec(seed));
        for (int i = 0; i < segments; i++) {
            captures.segment("eth0.pcap." + (1_000_000 + i), packets);
        }
        return of(captures.paths());
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
