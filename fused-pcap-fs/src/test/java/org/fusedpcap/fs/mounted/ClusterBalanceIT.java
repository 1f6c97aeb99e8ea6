package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.fs.mounted.CountingFrames.Counting;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureFile;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How evenly members share many conversations of equal size. */
class ClusterBalanceIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int CONVERSATIONS = 10_000;
    private static final int MEMBERS = 8;
    private static final double MOST_OF_FAIR_SHARE = 1.25;
    private static final int FILE_HEADER = 24;

    @ParameterizedTest(name = "mode {0}, {1} counting up")
    @CsvSource({
        "0, SOURCE_ADDRESS",
        "0, SOURCE_PORT",
        "0, ADDRESSES_AND_PORTS",
        "0, VLAN_STACK",
        "1, VLAN_STACK",
        "2, SOURCE_ADDRESS",
        "2, BOTH_ADDRESSES",
        "3, BOTH_ADDRESSES",
        "3, VLAN_STACK",
        "4, SOURCE_PORT",
        "4, ADDRESSES_AND_PORTS"
    })
    void shouldGiveNobodyAQuarterMoreThanItsFairShare(int mode, Counting counting)
            throws IOException {
        Path file = MOUNTED.source("count.pcap.1");
        write(file, counting);
        long records = Files.size(file) - FILE_HEADER;

        String level = "clustersize=%d,clustermode=%d/".formatted(MEMBERS, mode);
        Path range = MOUNTED.view(level + "count.pcap.1..count.pcap.1");
        try (ClusterMembers cluster = ClusterMembers.cat(MEMBERS, range)) {
            cluster.awaitQuietEnds();
            List<Long> shares = shares(cluster);
            System.out.println("mode " + mode + ", " + counting + ": " + shares);
            assertThat(shares.stream().mapToLong(share -> share).sum()).isEqualTo(records);
            assertThat(shares).allMatch(share -> share <= MOST_OF_FAIR_SHARE * records / MEMBERS);
        }
    }

    private static void write(Path path, Counting counting) throws IOException {
        CountingFrames frames = new CountingFrames(counting);
        CaptureClock clock = CaptureClock.virtual(CaptureClock.START, 1000);
        try (CaptureFile file = new CaptureFile(path, CaptureFormat.PCAP, FlushPolicy.BLOCK)) {
            for (int i = 0; i < 2 * CONVERSATIONS; i++) {
                file.write(frames, clock.nextNanos());
            }
            file.flush();
        }
    }

    // All records are of one length.
    private static List<Long> shares(ClusterMembers cluster) {
        List<Long> shares = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            shares.add(cluster.bytesOf(i) - FILE_HEADER);
        }
        return shares;
    }
}
