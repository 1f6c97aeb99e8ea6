package org.fusedpcap.fs.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.fusedpcap.fs.status.StatusReport.Section;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private final String text = StatusText.of(TestStatus.of("/mnt/eth0", "/eth0.1"));
    private final StatusReport report = StatusReport.parse(text);

    @Test
    void shouldSayWhichMountItIs() {
        assertThat(report.version()).isEqualTo("fused-pcap 1");
        assertThat(report.mount().text("mount")).isEqualTo("/mnt/eth0");
        assertThat(report.mount().text("source")).isEqualTo("/src");
        assertThat(report.mount().text("mounted")).isEqualTo("2026-11-22T18:00:00Z, 1 h 1 min ago");
        assertThat(report.mount().text("daemon"))
                .isEqualTo("process 77, 9 threads, 40 descriptors");
    }

    @Test
    void shouldSayEverythingOfAStream() {
        Section follow = report.about("stream").get(0);
        assertThat(follow.number()).isEqualTo(1);
        assertThat(follow.path()).isEqualTo("/eth0.1");
        assertThat(follow.text("kind")).isEqualTo("follow");
        assertThat(follow.text("options")).isEqualTo("keepcache");
        assertThat(follow.text("readers")).isEqualTo("99 a, b?, 1234 tcpdump");
        assertThat(follow.text("segment")).isEqualTo("f.2");
        assertThat(follow.text("position")).isEqualTo("100000 bytes (97.7 KiB)");
        assertThat(follow.text("delivered")).isEqualTo("200000 bytes (195.3 KiB), 300 packets");
        assertThat(follow.text("lag")).isEqualTo("300000 bytes (293.0 KiB), 2 more segments");
        assertThat(follow.text("gaps")).isEqualTo("3 segments, 4096 bytes (4.0 KiB)");
        assertThat(follow.text("torn")).isEqualTo("1 segment, 17 bytes");
    }

    @Test
    void shouldSayTheSizeOfARangeAndTheClusterOfAMember() {
        assertThat(report.about("stream").get(1).amount("size")).isEqualTo(400_000);
        assertThat(report.about("stream").get(2).amount("cluster")).isEqualTo(1);
        assertThat(report.about("stream").get(2).amount("queued")).isEqualTo(300_000);
    }

    @Test
    void shouldSayFillQueuesAndMemoryOfACluster() {
        Section cluster = report.about("cluster").get(0);
        assertThat(cluster.text("members")).isEqualTo("2 of 2, full");
        assertThat(cluster.text("memory")).isEqualTo("1048576 bytes (1.0 MiB)");
        assertThat(cluster.text("slack")).isEqualTo("64 blocks of 128.0 KiB");
        assertThat(cluster.text("member 1"))
                .isEqualTo("500 bytes queued, 1000 bytes and 10 packets in all, process 1234");
        assertThat(cluster.text("member 2")).endsWith("closed; 5 packets dropped");
        assertThat(cluster.text("broken frames")).isEqualTo("9");
    }

    @Test
    void shouldSayWhatHasBeenSinceTheMount() {
        Section since = report.titled("since the mount");
        assertThat(since.text("ranges"))
                .isEqualTo("4 opened, 1 open; 1073741824 bytes (1.0 GiB), 1000 packets");
        assertThat(since.amount("gaps")).isEqualTo(3);
        assertThat(since.amount("dropped")).isEqualTo(5);
    }

    @Test
    void shouldKeepEveryNameOnItsLine() {
        String odd = StatusText.of(TestStatus.of("/m\nstream 9: x", "/f\n\ncluster 9: y"));
        assertThat(odd.lines()).hasSize((int) text.lines().count());
        assertThat(StatusReport.parse(odd).about("stream")).hasSize(3);
    }

    @Test
    void shouldBeReadBackAlsoWhenItIsNotUnderstood() {
        assertThat(StatusReport.parse("").mount().fields()).isEmpty();
        assertThat(StatusReport.parse("a\n\n\n  b\nc\n  d  e").titled("c").text("d"))
                .isEqualTo("e");
    }
}
