package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fusedpcap.fs.status.StatusReport.Section;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code .status} says of streams and clusters, whatever state they are in. */
class StatusIT {

    @RegisterExtension
    static final MountedSource MOUNTED = MountedSource.with("allow_other,blockslack=8");

    private static final int MANY = 64;

    private static StatusFiles files() {
        return new StatusFiles(MOUNTED.mount());
    }

    /** A path in this test's directory, as the status calls it. */
    private static String path(String name) {
        return "/" + MOUNTED.source().getFileName() + "/" + name;
    }

    @Test
    void shouldTellOfEveryReaderWhileManyWait() throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 50).segment("f.2", 70);
        int length = RollingSource.of(captures.paths()).length();
        List<StreamReader> readers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            readers.add(MOUNTED.read("f.1"));
        }
        readers.forEach(reader -> reader.awaitPosition(length));

        List<Section> streams = files().streams(path("f.1"));
        assertThat(streams).hasSize(MANY);
        for (Section stream : streams) {
            assertThat(stream.text("kind")).isEqualTo("follow");
            assertThat(stream.text("segment")).isEqualTo("f.2");
            assertThat(stream.amount("position")).isEqualTo(length);
            assertThat(stream.text("delivered"))
                    .startsWith(length + " bytes")
                    .endsWith(", 120 packets");
            assertThat(stream.text("lag")).isEqualTo("0 bytes, 0 more segments");
            assertThat(stream.text("readers")).contains(ProcessHandle.current().pid() + " java");
        }
        assertThat(files().metrics().value("stream_readers", "path=" + path("f.1")))
                .isEqualTo(MANY);
    }

    @Test
    void shouldNameTheProcessThatReadsAndHowFarItIs() throws IOException {
        MOUNTED.captures().segment("f.1", 20_000).segment("f.2", 1000).segment("f.3", 1000);
        long all = 0;
        for (String name : List.of("f.1", "f.2", "f.3")) {
            all += Files.size(MOUNTED.source(name));
        }
        Tool reader =
                MOUNTED.start("bash", "-c", Processes.stopAfterBytes(50_000, MOUNTED.view("f.1")));
        Processes.awaitStopped(reader);

        Section stream = files().stream(path("f.1"));
        assertThat(stream.text("readers")).contains(reader.pid() + " bash");
        assertThat(stream.text("segment")).isEqualTo("f.1");
        assertThat(stream.amount("position")).isEqualTo(50_000);
        assertThat(stream.amount("lag")).isEqualTo(all - 50_000);
        assertThat(stream.text("lag")).endsWith(", 2 more segments");
    }

    @Test
    void shouldTellHowMuchOfARangeIsLeft() throws IOException {
        RollingSource source =
                RollingSource.of(
                        MOUNTED.captures().segment("f.1", 20_000).segment("f.2", 20_000).paths());
        Tool reader =
                MOUNTED.start(
                        "bash", "-c", Processes.stopAfterBytes(4096, MOUNTED.view("f.1..f.2")));
        Processes.awaitStopped(reader);

        Section stream = files().stream(path("f.1..f.2"));
        assertThat(stream.text("kind")).isEqualTo("range");
        assertThat(stream.amount("size")).isEqualTo(source.length());
        // The kernel reads ahead.
        assertThat(stream.amount("position")).isGreaterThanOrEqualTo(4096);
        assertThat(stream.amount("lag")).isEqualTo(source.length() - stream.amount("position"));
        reader.signal("CONT");
        assertThat(reader.await().status()).isZero();
    }

    @Test
    void shouldTellHowFullAClusterIs() throws IOException {
        MOUNTED.captures().segment("f.1", 500);
        Path member = MOUNTED.view("clustersize=3/f.1");
        String path = path("clustersize=3/f.1");
        Tool first = MOUNTED.start("cat", member.toString());
        Tool second = MOUNTED.start("cat", member.toString());
        Limits.await("two members")
                .until(
                        () ->
                                files().status().about("cluster").stream()
                                        .anyMatch(one -> one.amount("members") == 2));
        assertThat(files().cluster(path).text("members"))
                .isEqualTo("2 of 3, waiting for the others");
        assertThat(files().streams(path))
                .extracting(stream -> stream.text("readers"))
                .containsExactlyInAnyOrder(first.pid() + " cat", second.pid() + " cat");

        MOUNTED.start("cat", member.toString());
        Limits.await("all shared out")
                .untilAsserted(
                        () -> {
                            Section cluster = files().cluster(path);
                            assertThat(cluster.text("members")).isEqualTo("3 of 3, full");
                            assertThat(packets(cluster)).isEqualTo(500);
                            assertThat(cluster.text("lag")).isEqualTo("0 bytes, 0 more segments");
                        });
        Section cluster = files().cluster(path);
        assertThat(cluster.amount("memory")).isBetween(1L, (8L + 3) * 128 * 1024);
        assertThat(cluster.text("slack")).startsWith("8 blocks");
        assertThat(files().streams(path))
                .allMatch(stream -> stream.amount("cluster") == cluster.number());
    }

    private static long packets(Section cluster) {
        return Stream.of("member 1", "member 2", "member 3")
                .map(cluster::text)
                .mapToLong(text -> Long.parseLong(text.replaceAll(".* and (\\d+) packets.*", "$1")))
                .sum();
    }

    @Test
    void shouldTellOfQueuesAndCountWhatTheDeadDoNotGet() throws IOException {
        MOUNTED.captures().segment("f.1", 20_000);
        Path stream = MOUNTED.view("clustersize=2,clusterabend=2/f.1");
        String path = path("clustersize=2,clusterabend=2/f.1");
        Tool stopped = MOUNTED.start("bash", "-c", Processes.stopAfterBytes(4096, stream));
        Tool other = MOUNTED.start("cat", stream.toString());
        Processes.awaitStopped(stopped);
        Limits.await("a queue")
                .until(
                        () ->
                                files().streams(path).stream()
                                        .anyMatch(member -> member.amount("queued") > 100_000));
        assertThat(files().metrics().value("cluster_members", "path=" + path)).isEqualTo(2);
        long dropped = files().total("dropped");

        stopped.signal("KILL");
        stopped.await();
        other.await();

        Limits.await("dropped packets counted").until(() -> files().total("dropped") > dropped);
    }

    @Test
    void shouldRememberGapsAndTornRecordsOfStreamsThatAreClosed() throws IOException {
        long gaps = files().total("gaps");
        long torn = files().total("torn");
        double tornBytes = files().metrics().value("torn_bytes_total");
        Captures captures = MOUNTED.captures().segment("f.1", 20).torn("f.2", 20, 15);
        Files.write(MOUNTED.source("f.3"), new byte[1000]);
        captures.segment("f.4", 20);
        String label = "path=" + path("f.1");
        try (StreamReader reader = StreamReader.of(MOUNTED.view("f.1"))) {
            reader.awaitPosition(RollingSource.of(captures.paths()).length());
            Section stream = files().stream(path("f.1"));
            assertThat(stream.amount("gaps")).isEqualTo(1);
            assertThat(stream.amount("torn")).isEqualTo(1);
            assertThat(files().metrics().value("stream_missed_segments_total", label)).isEqualTo(1);
        }
        Limits.await("the stream closed").until(() -> files().streams(path("f.1")).isEmpty());

        assertThat(files().total("gaps")).isEqualTo(gaps + 1);
        assertThat(files().total("torn")).isEqualTo(torn + 1);
        assertThat(files().metrics().value("torn_bytes_total")).isGreaterThan(tornBytes);
    }

    @Test
    void shouldCallWhatIsReadInAPrivateDirectoryByThePathThatWasMeant() throws IOException {
        int length = RollingSource.of(MOUNTED.captures().segment("f.1", 50).paths()).length();
        MOUNTED.read("keepcache/f.1..").awaitPosition(length);

        Section stream = files().stream(path("keepcache/f.1"));
        assertThat(stream.text("options")).isEqualTo("blockslack=8,keepcache");
    }

    @Test
    void shouldShowWhatAnOrdinaryUserHasMounted() throws IOException {
        try (Scratch scratch = new Scratch()) {
            Path source = scratch.directory("src");
            Captures.in(source).segment("f.1", 5);
            try (Mount mount = Mount.ofNobody(scratch, source);
                    Tool reader = Tool.start(Nobody.command("exec cat f.1", mount))) {
                Limits.await("the reader is shown")
                        .failFast("it has ended", reader::assertRunning)
                        .until(
                                () ->
                                        Nobody.shell("cat .status", mount)
                                                .output()
                                                .contains(" cat\n"));
            }
        }
    }

    @Test
    void shouldAnswerWhileTheSourceHangs() throws IOException {
        try (Scratch scratch = new Scratch()) {
            Path captures = scratch.directory("src");
            Captures.in(captures).segment("f.1", 50);
            try (Mount below = Mount.of(scratch, "below", captures, "rw");
                    Mount above = Mount.of(scratch, "above", below.path(), "rw")) {
                below.signal("STOP");
                try (Tool stuck = Tool.start("ls", above.path().toString());
                        Tool status = Tool.start("cat", above.path(".status").toString())) {
                    assertThat(status.await().output()).contains("since the mount");
                    assertThat(stuck.isRunning()).isTrue();
                } finally {
                    below.signal("CONT");
                }
            }
        }
    }
}
