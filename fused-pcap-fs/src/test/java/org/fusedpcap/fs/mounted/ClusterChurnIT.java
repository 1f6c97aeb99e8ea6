package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.fusedpcap.testkit.oracle.Grouping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many clusters at once, formed and ended in every way. {@code fused-pcap.churn.seconds} says for
 * how long; {@code fused-pcap.churn.seed} repeats what was seen before.
 */
class ClusterChurnIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int CLUSTERS = 100;
    private static final int MEMBERS = 8;
    private static final long SECONDS = Long.getLong("fused-pcap.churn.seconds", 60);

    /** More than a heap may grow while nobody has to tidy it up. */
    private static final long GROWTH_KIB = 64 * 1024;

    private final long seed = Long.getLong("fused-pcap.churn.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Tool> clusters = new ArrayList<>();
    private int formed;

    @Test
    void shouldNeitherHangNorLeakWhenClustersComeAndGo() throws IOException {
        System.out.println("seed " + seed);
        ClusterTraffic ended = traffic("ended");
        ClusterTraffic endless = traffic("endless");
        Files.writeString(MOUNTED.view("ended/.end"), ended.last() + "\n", StandardCharsets.UTF_8);
        List<String> streams =
                List.of(
                        "ended/" + ended.first(),
                        "ended/" + ended.first() + "..",
                        "ended/" + ended.range(),
                        "endless/" + endless.first(),
                        "endless/" + endless.range());

        churn(streams, SECONDS / 2);
        long half = settled();
        churn(streams, SECONDS - SECONDS / 2);
        long whole = settled();

        System.out.printf("%d clusters, %d and then %d KiB%n", formed, half, whole);
        assertThat(whole - half).isLessThan(GROWTH_KIB);
        assertSharesOut(ended);
    }

    @AfterEach
    void closeClusters() throws IOException {
        Closing.all(clusters);
    }

    private static ClusterTraffic traffic(String directory) throws IOException {
        Path path = Files.createDirectory(MOUNTED.source(directory));
        return ClusterTraffic.write(path, 11, 3, 2000);
    }

    /** Keeps so many clusters going for a while, and then sees all of them off. */
    private void churn(List<String> streams, long seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            while (clusters.size() < CLUSTERS) {
                clusters.add(Tool.start("bash", "-c", script(streams)));
                formed++;
            }
            Limits.await("one of the clusters ends").until(this::reap);
        }
        Limits.await("all clusters end")
                .atMost(Limits.WORK)
                .until(
                        () -> {
                            reap();
                            return clusters.isEmpty();
                        });
    }

    private boolean reap() throws IOException {
        boolean any = false;
        for (Iterator<Tool> all = clusters.iterator(); all.hasNext(); ) {
            Tool cluster = all.next();
            if (!cluster.isRunning()) {
                cluster.close();
                all.remove();
                any = true;
            }
        }
        return any;
    }

    /** Memory of the daemon when nobody has anything open. */
    private static long settled() {
        MOUNTED.awaitAllClosed();
        System.out.println(MOUNTED.mount().daemon());
        return MOUNTED.mount().daemon().residentKiB();
    }

    /** Has members come, in any order, and sees to it that all have gone at the end. */
    private String script(List<String> streams) {
        Path stream = MOUNTED.view(level() + streams.get(random.nextInt(streams.size())));
        List<String> members = new ArrayList<>();
        // Now and then one too few, or some for the next cluster.
        int number = MEMBERS - 1 + random.nextInt(4);
        for (int i = 0; i < number; i++) {
            members.add(member(stream.toString()));
        }
        Collections.shuffle(members, random);
        String killed =
                members.isEmpty() || random.nextInt(3) > 0
                        ? ""
                        : "sleep 0.%d; kill -s KILL ${pids[%d]};"
                                .formatted(random.nextInt(5), random.nextInt(number));
        return "exec 2> /dev/null; pids=();"
                + members.stream()
                        .map(member -> member + " & pids+=($!);")
                        .collect(Collectors.joining())
                + killed
                + "sleep 1.%d; kill -s KILL ${pids[@]}; wait; exit 0".formatted(random.nextInt(9));
    }

    private String level() {
        return "clustersize=%d,clustermode=%d,clusterabend=%d,blockslack=%d%s/"
                .formatted(
                        MEMBERS,
                        random.nextInt(5),
                        random.nextInt(3),
                        1 + random.nextInt(8),
                        random.nextBoolean() ? ",keepcache" : "");
    }

    private String member(String stream) {
        return switch (random.nextInt(12)) {
            case 0 -> "head -c %d '%s' > /dev/null".formatted(random.nextInt(100_000), stream);
            case 1 -> "dd if='%s' bs=%d of=/dev/null".formatted(stream, 1 + random.nextInt(5000));
            case 2 -> "dd if='%s' iflag=nonblock bs=128k of=/dev/null".formatted(stream);
            case 3 -> "sleep 0.%d < '%s'".formatted(random.nextInt(9), stream);
            case 4 ->
                    "{ sleep 0.%d; exec cat '%s' > /dev/null; }"
                            .formatted(random.nextInt(5), stream);
            case 5 -> "stat '%s' > /dev/null".formatted(stream);
            default -> "cat '%s' > /dev/null".formatted(stream);
        };
    }

    private static void assertSharesOut(ClusterTraffic traffic) throws IOException {
        Path stream = MOUNTED.view("clustersize=8/ended/" + traffic.first());
        try (ClusterMembers members = ClusterMembers.cat(MEMBERS, stream)) {
            members.awaitQuietEnds();
            assertThat(members.judge(traffic.expectation(), Grouping.ofMode(0, false)).toString())
                    .startsWith("ok");
        }
    }
}
