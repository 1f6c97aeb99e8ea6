package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fusedpcap.fs.mounted.Tool.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How readers come together, and how those who wait for others can leave. */
class ClusterFormingIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int FILE_HEADER = 24;
    private static final int INTERRUPTED = 128 + 2;
    private static final int KILLED = 128 + 9;

    /** Long enough for a reader that does not wait to be noticed. */
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private static void awaitNothing(ClusterMembers members) {
        members.all().forEach(Processes::awaitAsleep);
        Limits.await("nothing happens")
                .during(A_WHILE)
                .untilAsserted(
                        () -> {
                            assertThat(members.bytes()).isZero();
                            assertThat(members.all()).allMatch(Tool::isRunning);
                        });
    }

    private static RollingSource source() throws IOException {
        return RollingSource.write(MOUNTED.source(), 2, 400);
    }

    private static long bytesOf(RollingSource source, int members) {
        return source.length() + (members - 1L) * FILE_HEADER;
    }

    @ParameterizedTest(name = "{0}{1}")
    @CsvSource({
        "clustersize=3/, ''",
        "clustersize=3/, ..",
        "'clustersize=3,keepcache/', ''",
        "clustersize=3/, ..LAST",
        "'clustersize=3,keepcache/', ..LAST"
    })
    void shouldHaveReadersWaitUntilAllAreThere(String level, String dots) throws IOException {
        RollingSource source = source();
        MOUNTED.end(source.last());
        Path stream = MOUNTED.view(level + source.first() + dots.replace("LAST", source.last()));

        try (ClusterMembers early = ClusterMembers.cat(2, stream)) {
            awaitNothing(early);
            try (ClusterMembers last = ClusterMembers.cat(1, stream)) {
                last.awaitQuietEnds();
                early.awaitQuietEnds();
                assertThat(early.bytes() + last.bytes()).isEqualTo(bytesOf(source, 3));
            }
        }
    }

    /** The ring has turned between two members' opens. */
    @Test
    void shouldLeaveNothingBehindOfAMemberThatCouldNotBeOpened() throws IOException {
        RollingSource source = source();
        Path stream = MOUNTED.view("clustersize=3,keepcache/" + source.range());
        try (ClusterMembers early = ClusterMembers.cat(2, stream)) {
            awaitNothing(early);
            // In place, with other packets: that is a later segment.
            Files.write(
                    MOUNTED.source(source.first()),
                    Files.readAllBytes(MOUNTED.source(source.last())));
            Limits.await("END stands before START")
                    .until(
                            () ->
                                    Tool.run("cat", MOUNTED.view(source.range()).toString())
                                                    .status()
                                            != 0);

            assertThat(Tool.run("cat", stream.toString()).errors()).contains("Invalid argument");
        }
        MOUNTED.awaitAllClosed();
    }

    @Test
    void shouldCountAMemberOnlyWhenItHasRead() throws IOException {
        RollingSource source = source();
        Path stream = MOUNTED.view("clustersize=2/" + source.range());
        try (Tool idle = Tool.start("bash", "-c", "exec sleep 100 < '" + stream + "'");
                ClusterMembers one = ClusterMembers.cat(1, stream)) {
            awaitNothing(one);
            assertThat(idle.isRunning()).isTrue();
            try (ClusterMembers other = ClusterMembers.cat(1, stream)) {
                other.awaitQuietEnds();
                one.awaitQuietEnds();
            }
        }
    }

    @Test
    void shouldKnowMembersByHandleNotByProcess() throws IOException {
        RollingSource source = source();
        Path stream = MOUNTED.view("clustersize=2/" + source.range());

        String line = "exec 3< '%1$s' 4< '%1$s'; cat <&3 & cat <&4; wait".formatted(stream);
        try (ClusterMembers both = ClusterMembers.start(1, "bash", "-c", line)) {
            both.awaitQuietEnds();
            assertThat(both.bytes()).isEqualTo(bytesOf(source, 2));
        }
    }

    @Test
    void shouldBeginAgainAtTheStartForTheNextOne() throws IOException {
        RollingSource source = source();
        Path stream = MOUNTED.view("clustersize=2/" + source.first());

        try (ClusterMembers members = ClusterMembers.cat(2, stream)) {
            members.awaitBytes(bytesOf(source, 2));
            try (ClusterMembers extra = ClusterMembers.cat(1, stream)) {
                awaitNothing(extra);
                try (ClusterMembers other = ClusterMembers.cat(1, stream)) {
                    Limits.await("all from START again")
                            .until(() -> extra.bytes() + other.bytes() == bytesOf(source, 2));
                    MOUNTED.end("*");
                    other.awaitQuietEnds();
                    extra.awaitQuietEnds();
                }
            }
            members.awaitQuietEnds();
        }
    }

    @Test
    void shouldServeTwoClustersOnOnePathAtOnce() throws IOException {
        RollingSource source = source();
        Path stream = MOUNTED.view("clustersize=4/" + source.first());
        try (ClusterMembers first = ClusterMembers.cat(4, stream)) {
            first.awaitBytes(bytesOf(source, 4));
            try (ClusterMembers second = ClusterMembers.cat(4, stream)) {
                second.awaitBytes(bytesOf(source, 4));
                for (int i = 0; i < 100; i++) {
                    MOUNTED.captures().segment("eth0.pcap." + (2_000_000 + i), 20);
                }
                MOUNTED.end("eth0.pcap.2000099");
                first.awaitQuietEnds();
                second.awaitQuietEnds();
                assertThat(second.bytes()).isEqualTo(first.bytes());
            }
        }
    }

    @Test
    void shouldNotMixReadersWithDifferentOptions() throws IOException {
        RollingSource source = source();
        List<String> levels =
                List.of(
                        "clustersize=2/",
                        "clustersize=3/",
                        "clustersize=2,clustermode=2/",
                        "clustersize=2,blockslack=9/",
                        "clustersize=2,keepcache/",
                        "clustersize=2,tunnel=inner/",
                        "clustersize=2,clusterabend=1/");
        List<Path> streams =
                levels.stream().map(level -> MOUNTED.view(level + source.range())).toList();
        try (ClusterMembers members = ClusterMembers.catEach(streams)) {
            awaitNothing(members);
        }
    }

    @Test
    void shouldMixReadersThatOpenTheSameInOtherWords() throws IOException {
        RollingSource source = source();
        MOUNTED.end(source.last());
        List<String> names =
                List.of(
                        "clustersize=4,blockslack=9/" + source.first(),
                        "clustersize=4,blockslack=9/" + source.first() + "..",
                        "clustersize=4/blockslack=9/" + source.first(),
                        "blockslack=9/clustersize=8/clustersize=4/" + source.first() + "..");
        List<Path> streams = names.stream().map(MOUNTED::view).toList();
        try (ClusterMembers members = ClusterMembers.catEach(streams)) {
            members.awaitQuietEnds();
            assertThat(members.bytes()).isEqualTo(bytesOf(source, 4));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"INT, ''", "KILL, ''", "INT, ',keepcache'", "KILL, ',keepcache'"})
    void shouldLetAReaderGoThatWaitsForOthers(String signal, String caching) throws IOException {
        RollingSource source = source();
        Path stream = MOUNTED.view("clustersize=3" + caching + "/" + source.range());
        try (ClusterMembers gone = ClusterMembers.cat(2, stream)) {
            awaitNothing(gone);
            long sentNs = System.nanoTime();
            gone.get(0).signal(signal);
            gone.get(1).signal(signal);
            for (Tool tool : gone.all()) {
                assertThat(tool.await().status())
                        .isEqualTo(signal.equals("INT") ? INTERRUPTED : KILLED);
            }
            System.out.printf("gone after %d ms%n", (System.nanoTime() - sentNs) / 1_000_000);
        }

        try (ClusterMembers members = ClusterMembers.cat(3, stream)) {
            members.awaitQuietEnds();
            assertThat(members.bytes()).isEqualTo(bytesOf(source, 3));
        }
        assertThat(MOUNTED.view(".abend")).doesNotExist();
    }

    @Test
    void shouldTellANonBlockingReaderToComeAgain() throws IOException {
        RollingSource source = source();
        Path stream = MOUNTED.view("clustersize=2/" + source.first());
        Result alone = nonBlocking(stream);
        assertThat(alone.errors()).contains("Resource temporarily unavailable");
        assertThat(alone.output()).isEmpty();

        try (ClusterMembers one = ClusterMembers.cat(1, stream)) {
            awaitNothing(one);
            Result second = nonBlocking(stream);
            assertThat(second.errors()).contains("Resource temporarily unavailable");
            assertThat(second.output()).isNotEmpty();
        }
    }

    private static Result nonBlocking(Path stream) throws IOException {
        return Tool.run("dd", "if=" + stream, "iflag=nonblock", "bs=4096", "status=none");
    }

    @ParameterizedTest(name = "clustersize=3{0}")
    @ValueSource(strings = {"", ",keepcache"})
    void shouldEndForAllMembersBehindTheSegmentThatEndNames(String caching) throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 5, 300);
        List<Path> wanted = source.names().subList(0, 3).stream().map(MOUNTED::source).toList();
        try (ClusterMembers members =
                ClusterMembers.cat(
                        3, MOUNTED.view("clustersize=3" + caching + "/" + source.first()))) {
            members.awaitBytes(bytesOf(source, 3));
            MOUNTED.end(source.last());
            members.awaitQuietEnds();
        }
        MOUNTED.end(source.names().get(2));
        try (ClusterMembers members =
                ClusterMembers.cat(
                        3, MOUNTED.view("clustersize=3" + caching + "/" + source.first()))) {
            members.awaitQuietEnds();
            assertThat(members.bytes()).isEqualTo(bytesOf(RollingSource.of(wanted), 3));
        }
        assertThat(Files.readString(MOUNTED.view(".last"))).isEqualTo(source.names().get(2) + "\n");
        assertThat(Files.readString(MOUNTED.view(".next"))).isEqualTo(source.names().get(3) + "\n");
    }

    @Test
    void shouldRefuseAnEndForOneProcessOfACluster() throws IOException {
        source();
        Path end = MOUNTED.view("clustersize=2/.end.1234");
        assertThat(Tool.shell("echo '*' > '" + end + "'").errors()).contains("Invalid argument");
        assertThat(MOUNTED.view(".end.1234")).doesNotExist();
    }

    @Test
    void shouldFailForAllWhenTheDaemonIsToldToStop() throws IOException {
        try (Scratch scratch = new Scratch()) {
            Path directory = scratch.directory("src");
            RollingSource source = RollingSource.write(directory, 2, 300);
            Mount mount = Mount.of(scratch, directory);
            try (ClusterMembers formed =
                            ClusterMembers.cat(3, mount.path("clustersize=3/" + source.first()));
                    ClusterMembers cached =
                            ClusterMembers.cat(
                                    3, mount.path("clustersize=3,keepcache/" + source.first()));
                    ClusterMembers forming =
                            ClusterMembers.cat(2, mount.path("clustersize=5/" + source.first()))) {
                formed.awaitBytes(bytesOf(source, 3));
                cached.awaitBytes(bytesOf(source, 3));
                awaitNothing(forming);
                mount.close();
                for (ClusterMembers members : List.of(formed, cached, forming)) {
                    for (Tool tool : members.all()) {
                        assertThat(tool.await().errors()).contains("Input/output error");
                    }
                }
            }
        }
    }
}
