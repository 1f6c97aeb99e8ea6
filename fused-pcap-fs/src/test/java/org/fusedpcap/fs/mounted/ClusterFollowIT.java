package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.fusedpcap.testkit.LiveWriter;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.Fault;
import org.fusedpcap.testkit.oracle.FaultKind;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.traffic.Traffic;
import org.fusedpcap.testkit.writer.CaptureClock;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.RollingCapture;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Captures that are shared out among members while they are written. */
class ClusterFollowIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int CONVERSATIONS = 10_000;
    private static final int RUNS = 8;

    /** Options of the clusters that follow at the same time. */
    private static final List<Kind> KINDS =
            List.of(
                    new Kind(2, 0, false, false),
                    new Kind(3, 2, false, true),
                    new Kind(3, 1, false, false),
                    new Kind(8, 0, true, true),
                    new Kind(8, 3, false, false),
                    new Kind(32, 4, true, false));

    private record Kind(int members, int mode, boolean inner, boolean cached) {

        String level() {
            return "clustersize=%d,clustermode=%d,tunnel=%s%s/"
                    .formatted(
                            members, mode, inner ? "inner" : "outer", cached ? ",keepcache" : "");
        }

        Grouping grouping() {
            return Grouping.ofMode(mode, inner);
        }

        /** Whether the ports matter, which a datagram's first fragment alone has. */
        boolean needsFirstFragments() {
            return mode == 0 || mode == 4;
        }
    }

    private static List<ClusterMembers> openAll(String start) throws IOException {
        List<ClusterMembers> clusters = new ArrayList<>();
        for (Kind kind : KINDS) {
            Path stream = MOUNTED.view(kind.level() + start);
            clusters.add(MOUNTED.closeLater(ClusterMembers.cat(kind.members(), stream)));
        }
        return clusters;
    }

    /** Finds no fault with what the members got, but for those that cannot be helped. */
    private static void assertAllGotTheirShares(
            List<ClusterMembers> clusters, Expectation expected, Predicate<Kind> mayGuess)
            throws IOException {
        for (int i = 0; i < clusters.size(); i++) {
            Kind kind = KINDS.get(i);
            ClusterMembers cluster = clusters.get(i).awaitQuietEnds();
            assertThat(cluster.judge(expected, kind.grouping()).faults())
                    .as("%s", kind)
                    .filteredOn(fault -> !(mayGuess.test(kind) && isGuess(fault)))
                    .isEmpty();
        }
    }

    /**
     * Whoever follows a writer may meet fragments whose first one is not written yet, or was lost
     * with the writer. Nobody waits for that one.
     */
    private static boolean isGuess(Fault fault) {
        return fault.kind() == FaultKind.FRAGMENTS_APART;
    }

    private static WriterSpec writer(RollOver rollOver) {
        return WriterSpec.of(CaptureProgram.DAEMONLOGGER).with(FlushPolicy.BUFFER).with(rollOver);
    }

    @Test
    void shouldShareOutWhatIsWrittenOverRollOvers() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        try (LiveWriter writer =
                LiveWriter.start(
                        MOUNTED.source(),
                        writer(RollOver.packets(4000)),
                        ClusterTraffic.spec(seed),
                        15_000)) {
            Limits.await("first segment").until(() -> MOUNTED.list().size() == 1);
            List<ClusterMembers> clusters = openAll(MOUNTED.list().get(0));
            Limits.await("12 roll-overs").until(() -> writer.files().size() > 12);
            writer.stop();
            ClusterTraffic traffic = ClusterTraffic.of(writer.files());
            MOUNTED.end(traffic.last());

            assertThat(traffic.conversations()).isGreaterThanOrEqualTo(CONVERSATIONS);
            assertAllGotTheirShares(clusters, traffic.expectation(), Kind::needsFirstFragments);
        }
    }

    @Test
    void shouldGuessNothingWhereAllIsThereBefore() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        ClusterTraffic traffic = ClusterTraffic.write(MOUNTED.source(), seed, 8, 4000);
        MOUNTED.end(traffic.last());

        List<ClusterMembers> clusters = openAll(traffic.first());
        assertAllGotTheirShares(clusters, traffic.expectation(), kind -> false);
    }

    @Test
    void shouldGoOnBehindTornTailsOfWritersThatDied() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Traffic source = new Traffic(ClusterTraffic.spec(seed));
        List<Path> files = new ArrayList<>();
        runAndDie(0, random, source, files);
        List<ClusterMembers> live = openAll(files.get(0).getFileName().toString());
        for (int run = 1; run < RUNS; run++) {
            runAndDie(run, random, source, files);
        }
        ClusterTraffic traffic = ClusterTraffic.of(files);
        MOUNTED.end(traffic.last());

        assertThat(traffic.expectation().packets()).isLessThan(source.sequence());
        assertAllGotTheirShares(live, traffic.expectation(), Kind::needsFirstFragments);
        assertThat(MOUNTED.mount().log()).contains("torn record");
    }

    private static void runAndDie(int run, Random random, Traffic source, List<Path> files)
            throws IOException {
        RollingCapture capture = startRun(run, files);
        int packets = 2000 + random.nextInt(4000);
        for (int i = 0; i < packets; i++) {
            capture.write(source);
        }
        capture.kill();
    }

    // Each run begins a while after the one before, as its names will say.
    private static RollingCapture startRun(int run, List<Path> files) throws IOException {
        CaptureClock clock =
                CaptureClock.virtual(CaptureClock.START.plus(Duration.ofMinutes(run)), 1_000_000L);
        return new RollingCapture(
                MOUNTED.source(), writer(RollOver.packets(1500)), clock, files::add);
    }
}
