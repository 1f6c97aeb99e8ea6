package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far members may be apart, and what that costs. */
class ClusterSlackIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int MEMBERS = 4;
    private static final long BLOCK = 128 * 1024;
    private static final Duration STILL = Duration.ofMillis(500);

    /** What the page cache may have asked for ahead, and stays readable, for each member. */
    private static final long WINDOW = 16 * BLOCK;

    /** What a virtual machine that has just started takes more for reasons of its own. */
    private static final long CONSTANT_KIB = 64 * 1024;

    /** What may be left to the garbage collector before it is asked to collect. */
    private static final long UNCOLLECTED_KIB = 64 * 1024;

    private static ClusterTraffic traffic;

    @BeforeAll
    static void writeTraffic() throws IOException {
        Path directory = Files.createDirectory(MOUNTED.mount().source().resolve("all"));
        Captures captures = Captures.in(directory).traffic(TrafficSpec.ofSeed(5));
        for (int i = 0; i < 4; i++) {
            captures.segment("eth0.pcap." + i, 20_000);
        }
        traffic = ClusterTraffic.of(captures.paths());
    }

    @ParameterizedTest(name = "blockslack={0}{1}")
    @CsvSource({"1, ''", "8, ''", "8, ',keepcache'", "128, ''", "128, ',keepcache'"})
    void shouldHaveTheOthersWaitForAStoppedMemberAndLoseNothing(int slack, String caching)
            throws IOException {
        String level = "clustersize=%d,blockslack=%d%s".formatted(MEMBERS, slack, caching);
        Path range = MOUNTED.mount().path(level + "/all/" + traffic.range());
        long before = MOUNTED.mount().daemon().residentKiB();

        try (Tool stopped = stopping(range);
                ClusterMembers running = ClusterMembers.cat(MEMBERS - 1, range)) {
            Processes.awaitStopped(stopped);
            Limits.await("the others wait").during(STILL).until(running::bytes, new Unchanged<>());

            long after = MOUNTED.mount().daemon().residentKiB();
            System.out.printf(
                    "blockslack=%d%s: the others got %d KiB, the daemon grew from %d to %d KiB%n",
                    slack, caching, running.bytes() / 1024, before, after);
            assertThat(running.all()).allMatch(Tool::isRunning);
            // The page cache reads ahead for the stopped one, too.
            long ahead = caching.isEmpty() ? 0 : MEMBERS * WINDOW;
            assertThat(running.bytes()).isBetween(slack * BLOCK / 4, slack * BLOCK + ahead);
            long kept = (slack + 1) * BLOCK + 2 * ahead;
            assertThat(after - before).isLessThan(kept / 1024 + CONSTANT_KIB);

            stopped.signal("CONT");
            ClusterMembers all =
                    ClusterMembers.of(
                            List.of(stopped, running.get(0), running.get(1), running.get(2)));
            all.awaitQuietEnds();
            assertThat(all.judge(traffic.expectation(), Grouping.ofMode(0, false)).toString())
                    .startsWith("ok");
        }
    }

    @Test
    void shouldGiveTheMemoryBackWhenAClusterHasEnded() throws IOException {
        Path range = MOUNTED.mount().path("clustersize=2,blockslack=400/all/" + traffic.range());
        fillSlack(range);
        long once = MOUNTED.mount().daemon().residentKiB();
        for (int i = 0; i < 8; i++) {
            fillSlack(range);
        }
        long often = MOUNTED.mount().daemon().residentKiB();
        System.out.printf("%d KiB after one cluster, %d KiB after nine%n", once, often);
        assertThat(often - once).isLessThan(UNCOLLECTED_KIB + CONSTANT_KIB);
    }

    private static void fillSlack(Path range) throws IOException {
        try (Tool stopped = stopping(range);
                ClusterMembers running = ClusterMembers.cat(1, range)) {
            Processes.awaitStopped(stopped);
            Limits.await("the other waits").during(STILL).until(running::bytes, new Unchanged<>());
            System.out.println(MOUNTED.mount().daemon());
        }
        MOUNTED.awaitAllClosed();
    }

    /** A member that reads a little, stops, and reads the rest when it is told to go on. */
    private static Tool stopping(Path stream) throws IOException {
        return Tool.start("bash", "-c", Processes.stopAfterBytes(24, stream));
    }
}
