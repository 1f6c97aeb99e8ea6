package org.fusedpcap.fs.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTextTest {

    @Test
    void shouldKeepToTheRulesOfTheFormat() {
        MetricsFormat metrics = MetricsFormat.parse(MetricsText.of(TestStatus.of("/mnt", "/f.1")));
        assertThat(metrics.names()).hasSizeGreaterThan(30);
    }

    @Test
    void shouldKeepToThemWhenNobodyReads() {
        MetricsFormat metrics = MetricsFormat.parse(MetricsText.of(TestStatus.idle()));
        assertThat(metrics.value("missed_segments_total")).isZero();
        assertThat(metrics.value("open_streams", "kind=follow")).isZero();
    }

    @Test
    void shouldEscapeNamesThatBreakLines() {
        String odd = "/a \"b\"\n\\c{},=";
        MetricsFormat metrics = MetricsFormat.parse(MetricsText.of(TestStatus.of("/m \"\n", odd)));
        assertThat(metrics.value("stream_readers", "path=" + odd, "mount=/m \"\n")).isEqualTo(3);
    }

    @Test
    void shouldAddUpCountersAndTellTheWorstOfGauges() {
        MetricsFormat metrics = MetricsFormat.parse(MetricsText.of(TestStatus.of("/mnt", "/f.1")));
        assertThat(metrics.value("delivered_bytes_total", "kind=range")).isEqualTo(1 << 30);
        assertThat(metrics.value("stream_missed_segments_total", "path=/f.1")).isEqualTo(3);
        assertThat(metrics.value("stream_lag_bytes", "path=/f.1")).isEqualTo(300_000);
        assertThat(metrics.value("cluster_queued_bytes", "path=/f.1", "member=1")).isEqualTo(500);
        assertThat(metrics.value("cluster_dropped_packets_total")).isEqualTo(5);
        assertThat(metrics.value("process_cpu_seconds_total")).isEqualTo(1.234);
    }

    @Test
    void shouldLabelEverySampleWithItsMount() {
        MetricsFormat metrics = MetricsFormat.parse(MetricsText.of(TestStatus.of("/mnt", "/f.1")));
        assertThat(metrics.samples().keySet()).allMatch(sample -> sample.contains("{mount=/mnt"));
    }

    @Test
    void shouldNotMakeATimeSeriesOfAProcessOrASegment() {
        assertThat(MetricsText.of(TestStatus.of("/mnt", "/f.1")))
                .doesNotContain("tcpdump", "1234\"", "f.2", "pid");
    }
}
