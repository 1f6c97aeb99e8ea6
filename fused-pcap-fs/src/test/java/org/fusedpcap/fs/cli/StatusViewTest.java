package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.fs.cli.WatchedMount.Reading;
import org.fusedpcap.fs.status.StatusReport;
import org.fusedpcap.fs.status.StatusText;
import org.fusedpcap.fs.status.TestStatus;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusViewTest {

    private static final Reading READING = reading("/eth0.pcap.1", 2_000_000_000L);

    private static Reading reading(String path, long atNs) {
        String text = StatusText.of(TestStatus.of("/mnt/eth0", path));
        return new Reading(Optional.of(StatusReport.parse(text)), atNs, "");
    }

    private static List<AttributedString> lines(Reading latest, Reading before, int columns) {
        List<AttributedString> lines = new ArrayList<>();
        new StatusView(new Colours(null)).add(lines, "/mnt/eth0", latest, before, columns);
        return lines;
    }

    @Test
    void shouldShowAHeadAndARowForEachStream() {
        List<AttributedString> lines = lines(READING, READING, 140);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .hasToString("/mnt/eth0  /src  up 1 h 1 min  3 open  gaps 3  torn 1");
        assertThat(lines.get(2).toString())
                .contains("/eth0.pcap.1", "1234 tcpdump", "f.2", "195.3 KiB", "293.0 KiB behind");
        assertThat(lines.get(3).toString()).contains("[#####---------------] 25 %");
        assertThat(lines.get(4).toString()).contains("293.0 KiB queued");
    }

    @Test
    void shouldTellRatesFromTwoReadings() {
        Reading earlier =
                new Reading(
                        READING.report()
                                .map(
                                        report ->
                                                StatusReport.parse(
                                                        StatusText.of(
                                                                        TestStatus.of(
                                                                                "/mnt/eth0", "/f"))
                                                                .replace(
                                                                        "200000 bytes",
                                                                        "100000 bytes"))),
                        1_000_000_000L,
                        "");
        assertThat(lines(READING, earlier, 140).get(2).toString()).contains("97.7 KiB/s");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 80, 100, 140, 400})
    void shouldKeepTheBarOnEveryScreen(int columns) {
        for (AttributedString line : lines(READING, READING, columns).subList(2, 5)) {
            assertThat(line.toString()).contains("[", "]").contains("eth0.pcap.1");
        }
    }

    @Test
    void shouldShowTheEndOfALongPath() {
        Reading reading = reading("/a".repeat(100) + "/clustersize=4/last", 1);
        assertThat(lines(reading, reading, 100).get(2).toString()).contains("…", "/last ");
    }

    @Test
    void shouldSayWhyThereIsNothingToShow() {
        Reading trouble = new Reading(Optional.empty(), 0, "permission denied");
        assertThat(lines(trouble, trouble, 80))
                .extracting(AttributedString::toString)
                .containsExactly("/mnt/eth0", "  permission denied");
    }

    @Test
    void shouldUseColoursUnlessTheUserWantsNone() {
        List<AttributedString> plain = new ArrayList<>();
        new StatusView(new Colours("1")).add(plain, "/mnt", READING, READING, 140);
        assertThat(plain).allMatch(line -> line.toAnsi().equals(line.toString()));
        assertThat(lines(READING, READING, 140).get(2).toAnsi()).contains("\u001b[");
    }

    @Test
    void shouldSayThatNothingIsMounted() {
        List<AttributedString> lines = new StatusView(new Colours(null)).lines(List.of(), 10, 40);
        assertThat(lines.get(1)).hasToString("nothing is mounted");
    }
}
