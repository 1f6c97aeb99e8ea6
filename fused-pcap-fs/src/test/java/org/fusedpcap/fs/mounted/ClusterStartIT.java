package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fusedpcap.fs.mounted.Tool.Result;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.traffic.Link;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster can begin with. */
class ClusterStartIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int MEMBERS = 3;
    private static final int USB = 189;

    @ParameterizedTest
    @EnumSource(Link.class)
    void shouldShareOutEveryLinkThatHasFlows(Link link) throws IOException {
        Captures captures =
                MOUNTED.captures()
                        .traffic(TrafficSpec.ofSeed(7).with(link))
                        .segment("eth0.pcap.1", 1000);
        Path range = MOUNTED.view("clustersize=%d/eth0.pcap.1..eth0.pcap.1".formatted(MEMBERS));

        try (ClusterMembers members = ClusterMembers.cat(MEMBERS, range)) {
            members.awaitQuietEnds();
            assertThat(members.judge(captures.expectation(), Grouping.ofMode(0, false)).toString())
                    .startsWith("ok");
        }
    }

    @ParameterizedTest(name = "START{0}")
    @ValueSource(strings = {"", "..", "..usb.pcap.1"})
    void shouldRefuseALinkWithoutFlowsAndNameIt(String end) throws IOException {
        MOUNTED.captures().format(CaptureFormat.PCAP.withLinkType(USB)).segment("usb.pcap.1", 10);

        Result opened = Tool.run("cat", MOUNTED.view("clustersize=2/usb.pcap.1" + end).toString());
        assertThat(opened.errors()).contains("usb.pcap.1" + end + "': Invalid argument");
        assertThat(MOUNTED.mount().log()).contains("link type " + USB);
    }

    @ParameterizedTest(name = "clustersize=3{0}/START")
    @ValueSource(strings = {"", ",keepcache"})
    void shouldWaitForTheHeaderOfAnEmptyStart(String caching) throws IOException {
        Captures captures = MOUNTED.captures().empty("eth0.pcap.1");
        Path stream = MOUNTED.view("clustersize=%d%s/eth0.pcap.1".formatted(MEMBERS, caching));
        try (ClusterMembers members = ClusterMembers.cat(MEMBERS, stream)) {
            members.all().forEach(Processes::awaitAsleep);
            captures.segment("eth0.pcap.1", 500).segment("eth0.pcap.2", 500);
            MOUNTED.end("eth0.pcap.2");

            members.awaitQuietEnds();
            assertThat(members.judge(captures.expectation(), Grouping.ofMode(0, false)).toString())
                    .startsWith("ok");
        }
    }

    @Test
    void shouldPassOverAnEmptyStartThatIsFollowed() throws IOException {
        Captures captures = MOUNTED.captures().empty("eth0.pcap.1").segment("eth0.pcap.2", 500);
        MOUNTED.end("eth0.pcap.2");
        try (ClusterMembers members =
                ClusterMembers.cat(MEMBERS, MOUNTED.view("clustersize=3/eth0.pcap.1"))) {
            members.awaitQuietEnds();
            assertThat(members.judge(captures.expectation(), Grouping.ofMode(0, false)).toString())
                    .startsWith("ok");
        }
    }

    @ParameterizedTest(name = "clustersize=3{0}/START..END")
    @ValueSource(strings = {"", ",keepcache"})
    void shouldEndAtOnceInARangeOfNothing(String caching) throws IOException {
        MOUNTED.captures().empty("eth0.pcap.1").empty("eth0.pcap.2");
        Path range =
                MOUNTED.view(
                        "clustersize=%d%s/eth0.pcap.1..eth0.pcap.2".formatted(MEMBERS, caching));
        try (ClusterMembers members = ClusterMembers.cat(MEMBERS, range)) {
            members.awaitQuietEnds();
            assertThat(members.bytes()).isZero();
        }
    }

    @Test
    void shouldLetReadersOfAnEmptyStartGo() throws IOException {
        MOUNTED.captures().empty("eth0.pcap.1");
        try (ClusterMembers members =
                ClusterMembers.cat(1, MOUNTED.view("clustersize=3/eth0.pcap.1"))) {
            Processes.awaitAsleep(members.get(0));
            members.get(0).signal("INT");
            members.get(0).await();
        }
    }

    @Test
    void shouldFailLateWhenAnEmptyStartTurnsOutToHaveNoFlows() throws IOException {
        Captures captures = MOUNTED.captures().empty("usb.pcap.1");
        try (ClusterMembers members =
                ClusterMembers.cat(2, MOUNTED.view("clustersize=2/usb.pcap.1"))) {
            members.all().forEach(Processes::awaitAsleep);
            captures.format(CaptureFormat.PCAP.withLinkType(USB)).segment("usb.pcap.1", 10);
            for (Tool tool : members.all()) {
                assertThat(tool.await().errors()).endsWith("Invalid argument\n");
            }
        }
    }

    @Test
    void shouldHaveNothingForSomebodyWhoOpensWhatIsNotThere() throws IOException {
        Path missing = MOUNTED.view("clustersize=2/eth0.pcap.1");
        assertThat(Files.exists(missing)).isFalse();
        assertThat(Tool.run("cat", missing.toString()).errors())
                .endsWith("No such file or directory\n");
    }
}
