package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * tcpdump captures from a wire and has gzip replace each file that is full, while the files are
 * followed: from the first one, which the reader is in when it goes, by readers that keep up and by
 * one that comes when most are compressed.
 */
class CompressedInPlaceIT {

    private static final TrafficSpec TRAFFIC = TrafficSpec.ofSeed(42).with(Profile.PLAIN);
    private static final int PACKETS = 9_000;
    private static final int PACKED_FILES = 4;

    private Scratch scratch;
    private Mount mount;
    private VethPair network;

    @BeforeEach
    void begin() throws IOException {
        scratch = new Scratch();
        mount = Mount.of(scratch, scratch.directory("src"));
        network = new VethPair();
    }

    @AfterEach
    void end() throws IOException {
        network.close();
        mount.close();
        scratch.close();
    }

    @Test
    void shouldReadEachSegmentOnceWhetherItIsCompressedBeforeOrWhileItIsRead() throws IOException {
        Path packets = scratch.directory("sent");
        Captures.in(packets).traffic(TRAFFIC).segment("sent.pcap", PACKETS);
        Path directory = mount.source().resolve("z");
        try (RealWriter writer = RealWriter.tcpdumpCompressing(network, directory, 1)) {
            Limits.await("first file").until(() -> !writer.files().isEmpty());
            try (StreamReader early = StreamReader.of(mount.path("z/trace.pcap"));
                    StreamReader small = StreamReader.of(mount.path("z/trace.pcap.."), 1000)) {
                Tool.run(
                                network.inside(
                                        "tcpreplay",
                                        "-q",
                                        "-i",
                                        VethPair.SENDING,
                                        "--mbps=8",
                                        packets.resolve("sent.pcap").toString()))
                        .status();
                Limits.await("compressed files")
                        .until(() -> packed(writer.files()) >= PACKED_FILES);
                try (StreamReader late = StreamReader.of(mount.path("z/trace.pcap.gz"))) {
                    writer.stop();
                    Limits.await("the last compressed")
                            .until(() -> packed(writer.files()) == writer.files().size() - 1);
                    byte[] expected = expected(writer.files());
                    for (StreamReader reader : List.of(early, small, late)) {
                        reader.awaitPosition(expected.length);
                    }
                    Files.writeString(mount.path("z/.end"), "*\n");
                    for (StreamReader reader : List.of(early, small, late)) {
                        assertThat(reader.awaitEnd()).isEqualTo(expected);
                    }
                }
            }
        }
        assertThat(mount.log()).doesNotContain("gap:").doesNotContain("torn");
    }

    private static long packed(List<Path> files) {
        return files.stream().filter(file -> file.toString().endsWith(".gz")).count();
    }

    /** What the files hold, in the order that tcpdump began them in. */
    private byte[] expected(List<Path> files) throws IOException {
        Path plain = scratch.directory("plain");
        List<Path> segments = new java.util.ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String name = "trace.pcap" + (i == 0 ? "" : i);
            Path packed = mount.source().resolve("z/" + name + ".gz");
            Path to = plain.resolve(name);
            if (Files.exists(packed)) {
                Tool.shell("gzip -dc " + packed + " >" + to).assertQuiet();
            } else {
                Files.copy(mount.source().resolve("z/" + name), to);
            }
            segments.add(to);
        }
        return RollingSource.of(segments).bytes();
    }
}
