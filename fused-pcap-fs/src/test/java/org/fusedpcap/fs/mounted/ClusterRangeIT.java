package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finished captures that are shared out among members. */
class ClusterRangeIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int CONVERSATIONS = 10_000;
    private static final int SEGMENTS = 6;
    private static final int PACKETS = 10_000;

    private static ClusterTraffic traffic;

    @BeforeAll
    static void writeTraffic() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Path directory = Files.createDirectory(MOUNTED.mount().source().resolve("all"));
        traffic = ClusterTraffic.write(directory, seed, SEGMENTS, PACKETS);
    }

    @Test
    void shouldHaveEnoughToShareOut() throws IOException {
        assertThat(traffic.conversations()).isGreaterThanOrEqualTo(CONVERSATIONS);
        assertThat(traffic.expectation().packets()).isGreaterThanOrEqualTo(SEGMENTS * PACKETS);
    }

    @ParameterizedTest(name = "{0} members, mode {1}, {2}, {3}")
    @CsvSource({
        "2,  0, outer, ''",
        "3,  0, outer, keepcache",
        "8,  0, outer, ''",
        "8,  0, inner, keepcache",
        "32, 0, outer, keepcache",
        "32, 0, inner, ''",
        "3,  1, outer, ''",
        "8,  1, outer, keepcache",
        "8,  2, outer, ''",
        "2,  2, inner, keepcache",
        "32, 3, outer, ''",
        "3,  3, inner, keepcache",
        "8,  4, outer, keepcache",
        "3,  4, inner, ''",
    })
    void shouldGiveEachConversationToOneMemberAndEachPacketOnceInOrder(
            int members, int mode, String tunnel, String caching) throws IOException {
        String level =
                "clustersize=%d,clustermode=%d,tunnel=%s%s"
                        .formatted(members, mode, tunnel, caching.isEmpty() ? "" : "," + caching);
        Path range = MOUNTED.mount().path(level + "/all/" + traffic.range());

        try (ClusterMembers cluster = ClusterMembers.cat(members, range)) {
            cluster.awaitQuietEnds();
            Grouping grouping = Grouping.ofMode(mode, tunnel.equals("inner"));
            assertThat(cluster.judge(traffic.expectation(), grouping).toString()).startsWith("ok");
        }
    }

    /** Inside a tunnel of whole frames, the inner frame's tags count; so here are no tunnels. */
    @Test
    void shouldGoByTheTagsOfFramesInNoTunnelWhenTheInnermostCount() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Captures captures =
                MOUNTED.captures()
                        .traffic(TrafficSpec.ofSeed(seed).with(Profile.VLAN))
                        .segment("vlan.pcap.1", 5000)
                        .segment("vlan.pcap.2", 5000);
        ClusterTraffic tagged = ClusterTraffic.of(captures.paths());
        Path range = MOUNTED.view("clustersize=8,clustermode=1,tunnel=inner/" + tagged.range());

        try (ClusterMembers cluster = ClusterMembers.cat(8, range)) {
            cluster.awaitQuietEnds();
            assertThat(cluster.judge(tagged.expectation(), Grouping.ofMode(1, true)).toString())
                    .startsWith("ok");
        }
    }

    @ParameterizedTest(name = "{0}, blocks of {1}")
    @CsvSource({
        "'', 1",
        "',keepcache', 1",
        "'', 4096",
        "'', 100000",
        "',keepcache', 4096",
        "',keepcache', 1000000"
    })
    void shouldShareOutTheSameHoweverItIsRead(String caching, int piece) throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        int packets = piece == 1 ? 200 : 5000;
        ClusterTraffic small = ClusterTraffic.write(MOUNTED.source(), seed, 3, packets);
        Path range = MOUNTED.view("clustersize=3" + caching + "/" + small.range());

        try (ClusterMembers cluster =
                ClusterMembers.start(3, "dd", "if=" + range, "bs=" + piece, "status=none")) {
            cluster.awaitQuietEnds();
            assertThat(cluster.judge(small.expectation(), Grouping.ofMode(0, false)).toString())
                    .startsWith("ok");
        }
    }
}
