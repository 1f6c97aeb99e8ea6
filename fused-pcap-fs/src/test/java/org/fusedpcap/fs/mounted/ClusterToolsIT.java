package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fusedpcap.fs.mounted.Tool.Result;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Grouping;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members that are the tools people have. */
class ClusterToolsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int MEMBERS = 3;
    private static final int PACKETS = 4000;

    private static Captures captures() throws IOException {
        return MOUNTED.captures()
                .segment("eth0.pcap.1", PACKETS / 2)
                .segment("eth0.pcap.2", PACKETS / 2);
    }

    private static Path stream(String caching, String end) {
        return MOUNTED.view("clustersize=%d%s/eth0.pcap.1%s".formatted(MEMBERS, caching, end));
    }

    @ParameterizedTest(name = "clustersize=3{0}/START{1}")
    @CsvSource({"'', ''", "'', ..eth0.pcap.2", "',keepcache', ''", "',keepcache', ..eth0.pcap.2"})
    void shouldWriteWithTcpdumpWhatWasTheirs(String caching, String end) throws IOException {
        Captures captures = captures();
        MOUNTED.end("eth0.pcap.2");
        try (ClusterMembers members =
                ClusterMembers.start(
                        MEMBERS,
                        "tcpdump",
                        "-n",
                        "-r",
                        stream(caching, end).toString(),
                        "-w",
                        "-")) {
            for (Tool tool : members.all()) {
                Result result = tool.await();
                assertThat(result.status()).isZero();
                assertThat(result.errors()).startsWith("reading from file").hasLineCount(1);
            }
            assertThat(members.judge(captures.expectation(), Grouping.ofMode(0, false)).toString())
                    .startsWith("ok");
        }
    }

    /** Tshark reads the beginning, seeks back, and reads it again. */
    @ParameterizedTest(name = "clustersize=3{0}/START{1}")
    @CsvSource({"'', ''", "'', ..eth0.pcap.2", "',keepcache', ''", "',keepcache', ..eth0.pcap.2"})
    void shouldDissectWithTsharkWhatWasTheirs(String caching, String end) throws IOException {
        captures();
        MOUNTED.end("eth0.pcap.2");
        String[] command = {
            "tshark",
            "-n",
            "-r",
            stream(caching, end).toString(),
            "-T",
            "fields",
            "-e",
            "frame.time_epoch",
            "-e",
            "frame.len"
        };
        List<String> lines = new ArrayList<>();
        try (ClusterMembers members = ClusterMembers.start(MEMBERS, command)) {
            for (Tool tool : members.all()) {
                Result result = tool.await();
                assertThat(result.status()).as(result.errors()).isZero();
                assertThat(result.errors()).doesNotContain("cut short", "damaged", "Error");
                lines.addAll(result.output().lines().toList());
            }
        }
        assertThat(lines).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(plain());
    }

    /** What tshark says of the files themselves. */
    private static List<String> plain() throws IOException {
        return Stream.concat(
                        plain(MOUNTED.source("eth0.pcap.1")), plain(MOUNTED.source("eth0.pcap.2")))
                .toList();
    }

    private static Stream<String> plain(Path file) throws IOException {
        return Tool.run(
                        "tshark",
                        "-n",
                        "-r",
                        file.toString(),
                        "-T",
                        "fields",
                        "-e",
                        "frame.time_epoch",
                        "-e",
                        "frame.len")
                .output()
                .lines();
    }
}
