package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fusedpcap.fs.mounted.Tool.Result;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.CaptureReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a cluster when a member is killed. */
class ClusterAbendIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int MEMBERS = 4;
    private static final int FILE_HEADER = 24;
    private static final String ERROR = "Invalid argument";

    /** A segment that is being written: more comes when the test says so. */
    private static final String GROWING = "eth0.pcap.2";

    private static String level(int abend, String caching) {
        return "clustersize=%d,clusterabend=%d%s/".formatted(MEMBERS, abend, caching);
    }

    /** Members that have got all there is of two segments, and wait. */
    private static ClusterMembers waiting(Path stream, Captures captures) throws IOException {
        ClusterMembers members = ClusterMembers.cat(MEMBERS, stream);
        int length = RollingSource.of(captures.paths()).length();
        members.awaitBytes(length + (MEMBERS - 1L) * FILE_HEADER);
        return members;
    }

    private static Captures twoSegments() throws IOException {
        return MOUNTED.captures().segment("eth0.pcap.1", 500).segment(GROWING, 300);
    }

    /** The members that live on after the first was killed. */
    private static List<Tool> survivors(ClusterMembers members) {
        return members.all().subList(1, MEMBERS);
    }

    private static void kill(ClusterMembers members) throws IOException {
        members.get(0).signal("KILL");
    }

    /** Waits for the ends of those that live on, and prints how long the slowest took. */
    private static List<Result> awaitSurvivors(ClusterMembers members, long killedNs) {
        List<Result> results = new ArrayList<>();
        survivors(members).forEach(survivor -> results.add(survivor.await()));
        System.out.printf(
                "the others ended within %d ms%n", (System.nanoTime() - killedNs) / 1_000_000);
        return results;
    }

    private static String control(String name) throws IOException {
        return Files.readString(MOUNTED.view(name), StandardCharsets.UTF_8);
    }

    private static void assertTold(long pid, String last, String next) throws IOException {
        Limits.await(".abend").until(() -> Files.exists(MOUNTED.view(".abend")));
        assertThat(control(".abend")).isEqualTo(pid + "\n");
        assertThat(control(".last")).isEqualTo(last + "\n");
        assertThat(control(".next").strip()).isEqualTo(next);
    }

    private static void assertWholeRecords(Path output) throws IOException {
        try (CaptureReader reader = CaptureReader.open(output)) {
            while (reader.next().isPresent()) {
                // Problems are noted on the way.
            }
            assertThat(reader.problems()).isEmpty();
        }
    }

    @ParameterizedTest(name = "clusterabend=0{0}")
    @ValueSource(strings = {"", ",keepcache"})
    void shouldFailForTheOthersByDefault(String caching) throws IOException {
        Path stream = MOUNTED.view(level(0, caching) + "eth0.pcap.1");
        try (ClusterMembers members = waiting(stream, twoSegments())) {
            long now = System.nanoTime();
            kill(members);
            assertThat(awaitSurvivors(members, now))
                    .allSatisfy(result -> assertThat(result.errors()).contains(ERROR));
            assertTold(members.get(0).pid(), GROWING, "");
        }
    }

    @ParameterizedTest(name = "clusterabend=1{0}")
    @ValueSource(strings = {"", ",keepcache"})
    void shouldEndForTheOthersWhenTheyAreToEnd(String caching) throws IOException {
        Path stream = MOUNTED.view(level(1, caching) + "eth0.pcap.1");
        try (ClusterMembers members = waiting(stream, twoSegments())) {
            long now = System.nanoTime();
            kill(members);
            awaitSurvivors(members, now).forEach(Result::assertQuiet);
            assertTold(members.get(0).pid(), GROWING, "");
        }
    }

    @ParameterizedTest(name = "clusterabend=2{0}")
    @ValueSource(strings = {"", ",keepcache"})
    void shouldGoOnForTheOthersToTheEndOfTheSegmentWhenAskedTo(String caching) throws IOException {
        Captures captures = twoSegments();
        byte[] whole = Files.readAllBytes(MOUNTED.source(GROWING));
        int half = RollingSource.wholeEnd(MOUNTED.source(GROWING)) / 2;
        Files.write(MOUNTED.source(GROWING), Arrays.copyOf(whole, half));
        Path stream = MOUNTED.view(level(2, caching) + "eth0.pcap.1");
        try (ClusterMembers members = waiting(stream, captures)) {
            long gone = members.bytesOf(0);
            try (OutputStream writer = appending()) {
                kill(members);
                assertTold(members.get(0).pid(), GROWING, "");
                writer.write(whole, half, whole.length - half);
                captures.segment("eth0.pcap.3", 200);
            }
            awaitSurvivors(members, System.nanoTime()).forEach(Result::assertQuiet);
            assertThat(members.bytesOf(0)).isEqualTo(gone);
            assertGotRestOfSegment(members);
            assertTold(members.get(0).pid(), GROWING, "eth0.pcap.3");
        }
    }

    /** Finds in what the survivors got exactly what they would have got of two segments. */
    private static void assertGotRestOfSegment(ClusterMembers members) throws IOException {
        Path range = MOUNTED.view("clustersize=%d/eth0.pcap.1..%s".formatted(MEMBERS, GROWING));
        try (ClusterMembers undisturbed = ClusterMembers.cat(MEMBERS, range)) {
            undisturbed.awaitQuietEnds();
            List<byte[]> shares = new ArrayList<>();
            for (Tool tool : undisturbed.all()) {
                shares.add(Files.readAllBytes(tool.outputFile()));
            }
            for (Tool tool : survivors(members)) {
                byte[] got = Files.readAllBytes(tool.outputFile());
                assertThat(shares).anyMatch(share -> Arrays.equals(share, got));
            }
        }
    }

    @Test
    void shouldEndBehindACompleteSegmentThatNoneHasFollowedYet() throws IOException {
        Path stream = MOUNTED.view(level(2, "") + "eth0.pcap.1");
        try (ClusterMembers members = waiting(stream, twoSegments())) {
            long now = System.nanoTime();
            kill(members);
            awaitSurvivors(members, now).forEach(Result::assertQuiet);
            assertTold(members.get(0).pid(), GROWING, "");
        }
    }

    /** The members are in the middle of the first segment, stopped, each with half a packet. */
    @ParameterizedTest(name = "clusterabend={0}, {1} bytes read")
    @CsvSource({"0, 50", "0, 3000", "1, 50", "1, 3000", "1, 30000", "2, 50", "2, 30000"})
    void shouldSayWhichSegmentWasBeingReadAndFinishThePacket(int abend, int bytes)
            throws IOException {
        Captures captures = MOUNTED.captures().segment("eth0.pcap.1", 2000).segment(GROWING, 2000);
        int firstSegment = RollingSource.wholeEnd(MOUNTED.source("eth0.pcap.1"));
        Path range =
                MOUNTED.view(
                        "clustersize=%d,clusterabend=%d,blockslack=2/eth0.pcap.1..%s"
                                .formatted(MEMBERS, abend, GROWING));
        assertThat(captures.paths()).hasSize(2);

        try (ClusterMembers members =
                ClusterMembers.start(
                        MEMBERS, "bash", "-c", Processes.stopAfterBytes(bytes, range))) {
            members.all().forEach(Processes::awaitStopped);
            long now = System.nanoTime();
            kill(members);
            assertTold(members.get(0).pid(), "eth0.pcap.1", GROWING);
            for (Tool survivor : survivors(members)) {
                survivor.signal("CONT");
            }
            List<Result> results = awaitSurvivors(members, now);
            if (abend == 0) {
                assertThat(results).allSatisfy(r -> assertThat(r.errors()).contains(ERROR));
                return;
            }
            results.forEach(Result::assertQuiet);
            for (Tool survivor : survivors(members)) {
                assertWholeRecords(survivor.outputFile());
            }
            long got = members.bytes() - members.bytesOf(0);
            if (abend == 1) {
                assertThat(got).isLessThan((MEMBERS - 1) * (bytes + 1600L));
            } else {
                assertThat(got).isBetween(firstSegment / 2L, (long) firstSegment);
            }
        }
    }

    @ParameterizedTest(name = "clusterabend={0}")
    @ValueSource(ints = {0, 1, 2})
    void shouldServeTheNextClusterAndForgetTheDead(int abend) throws IOException {
        Captures captures = twoSegments();
        Path stream = MOUNTED.view(level(abend, "") + "eth0.pcap.1");
        try (ClusterMembers members = waiting(stream, captures)) {
            kill(members);
            awaitSurvivors(members, System.nanoTime());
            assertTold(members.get(0).pid(), GROWING, "");
        }

        try (ClusterMembers next = waiting(stream, captures)) {
            assertThat(MOUNTED.view(".abend")).doesNotExist();
            MOUNTED.end("*");
            next.awaitQuietEnds();
            assertThat(MOUNTED.view(".abend")).doesNotExist();
        }
    }

    @Test
    void shouldNameEveryoneWhoClosedEarly() throws IOException {
        Path stream = MOUNTED.view(level(2, "") + "eth0.pcap.1");
        Captures captures = twoSegments();
        try (ClusterMembers members = waiting(stream, captures)) {
            try (OutputStream writer = appending()) {
                for (int i = 0; i < MEMBERS - 1; i++) {
                    members.get(i).signal("KILL");
                    awaitNames(i + 1);
                }
                writer.flush();
            }
            assertThat(control(".abend").lines())
                    .containsExactly(pid(members, 0), pid(members, 1), pid(members, 2));
            members.get(MEMBERS - 1).await().assertQuiet();
        }
    }

    private static void awaitNames(int number) {
        Limits.await("%d names".formatted(number))
                .ignoreExceptions()
                .until(() -> control(".abend").lines().count() == number);
    }

    private static String pid(ClusterMembers members, int member) {
        return Long.toString(members.get(member).pid());
    }

    /** A writer that has the growing segment open. */
    private static OutputStream appending() throws IOException {
        return Files.newOutputStream(MOUNTED.source(GROWING), StandardOpenOption.APPEND);
    }

    @Test
    void shouldTakeNoMemberForDeadThatReadToItsEnd() throws IOException {
        Captures captures = twoSegments();
        MOUNTED.end(GROWING);
        try (ClusterMembers members =
                ClusterMembers.cat(MEMBERS, MOUNTED.view(level(0, "") + "eth0.pcap.1"))) {
            members.awaitQuietEnds();
            assertThat(members.bytes())
                    .isEqualTo(
                            RollingSource.of(captures.paths()).length()
                                    + (MEMBERS - 1L) * FILE_HEADER);
        }
        assertThat(MOUNTED.view(".abend")).doesNotExist();
        assertThat(control(".last")).isEqualTo(GROWING + "\n");
    }
}
