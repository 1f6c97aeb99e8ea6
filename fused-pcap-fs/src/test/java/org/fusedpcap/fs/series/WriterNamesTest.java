package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that real writers make, in directories as they really look. */
class WriterNamesTest {

    /** Writer, the series in its order, other files beside it. */
    static Stream<Arguments> writers() {
        return Stream.of(
                writer(
                        "daemonlogger on two interfaces",
                        "eth0.pcap.1092933 eth0.pcap.1092939 eth0.pcap.1093001",
                        "eth1.pcap.1092934 eth1.pcap.1092990 daemonlogger.pid eth0.log eth0.pcap"
                                + " eth0.pcap.1092933.tmp .eth0.pcap.1092933.swp eth0.pcap.old"),
                writer(
                        "daemonlogger with epoch seconds",
                        "daemonlogger.pcap.1699999999 daemonlogger.pcap.1700000000",
                        "daemonlogger.pid daemonlogger.pcap"),
                writer(
                        "daemonlogger on a VLAN",
                        "eth0.100.pcap.1700000000 eth0.100.pcap.1700000060",
                        "eth0.200.pcap.1700000001 eth0.pcap.1700000002 vlan7.pcap.1700000003"),
                writer(
                        "an interface, its VLAN and the time",
                        "enp3s0.100.1700000000 enp3s0.100.1700000060",
                        "enp3s0.101.1700000000 enp4s0.100.1700000000 enp3s0.1700000000"),
                writer("gulp", "gulp1 gulp2 gulp9 gulp10 gulp11", "gulp.log gulp2.log"),
                writer(
                        "gulp on an interface",
                        "pcap_eth1_0.pcap pcap_eth1_1.pcap pcap_eth1_10.pcap",
                        "pcap_eth2_0.pcap"),
                writer("tcpdump -C", "f f1 f2 f9 f10 f11 f100", "f1.log g1 f.pid ff1"),
                writer(
                        "tcpdump -C with an extension",
                        "cap.pcap cap.pcap1 cap.pcap2 cap.pcap10",
                        "cap2.pcap other.pcap1 cap.pcap.tmp"),
                writer(
                        "tcpdump -C on a name with a number",
                        "cap2.pcap cap2.pcap1 cap2.pcap2",
                        "cap1.pcap cap1.pcap1 cap3.pcap"),
                writer(
                        "numbers before the extension",
                        "cap2.pcap cap3.pcap cap10.pcap",
                        "dog2.pcap"),
                writer(
                        "numbers before the extension, the first without",
                        "cap.pcap cap1.pcap cap2.pcap cap10.pcap",
                        "cap.log"),
                writer(
                        "tcpdump -C on an interface's name",
                        "eth0 eth01 eth02 eth010",
                        "eth1 eth1.pcap"),
                writer(
                        "tcpdump -C on an interface's name with an extension",
                        "eth0.pcap eth0.pcap1 eth0.pcap2",
                        "eth1.pcap eth1.pcap1 eth2.pcap"),
                writer("tcpdump -C on a word that is an interface, too", "tap tap1 tap2", "tun"),
                writer("tcpdump -C -W", "f00 f01 f02 f09 f10", "g00"),
                writer("tcpdump -C -W with an extension", "x.pcap0 x.pcap1 x.pcap2", "x.pcapng0"),
                writer(
                        "tcpdump -G",
                        "d-20261122101112.pcap d-20261122101113.pcap d-20270101000000.pcap",
                        "d.pcap e-20261122101112.pcap d-1.pcap"),
                writer(
                        "tcpdump -G with separators",
                        "d-2026-11-22_10:11:12.pcap d-2026-11-22_10:11:13.pcap"
                                + " d-2026-12-01_00:00:00.pcap",
                        "d-2026-11-22.pcap"),
                writer(
                        "tcpdump -G, ISO 8601",
                        "20261122T101112 20261122T101113 20261123T000000",
                        "20261122"),
                writer("tcpdump -G %s", "d1700000000 d1700000060 d1700000120", "d17"),
                writer(
                        "tcpdump -G -C",
                        "d-20261122101112.pcap d-20261122101112.pcap1 d-20261122101112.pcap2"
                                + " d-20261122101112.pcap10 d-20261122101212.pcap"
                                + " d-20261122101212.pcap1",
                        "d.pcap1"),
                writer(
                        "tcpdump -G -C, the count glued to the time",
                        "d-20261122101112 d-202611221011121 d-202611221011122 d-2026112210111210"
                                + " d-20261122101212 d-202611221012121",
                        "d-1"),
                writer(
                        "tcpdump -G %s -C, the count glued to the time",
                        "d1700000000 d17000000001 d17000000002 d170000000010 d1700000060", "d5"),
                writer("tcpdump -G %H%M%S", "t10:11:12 t10:11:13 t11:00:00", "t"),
                writer("tcpdump -G %y%m%d-%H%M%S", "t-261122-101112 t-261122-101113", "t-1"),
                writer(
                        "ports and VLANs before the time",
                        "port80_vlan100_20261122101112.pcap port80_vlan100_20261122101212.pcap",
                        "port443_vlan100_20261122101112.pcap port80_vlan7_20261122101112.pcap"),
                writer(
                        "a five-digit port before the time",
                        "tcp_44321_20261122101112.pcap tcp_44321_20261122101212.pcap",
                        "tcp_50000_20261122101112.pcap tcp_50000_20261122101312.pcap"),
                writer(
                        "an interface behind the time",
                        "20261122101112_eth0.pcap 20261122101212_eth0.pcap",
                        "20261122101112_eth1.pcap"),
                writer(
                        "dumpcap",
                        "x_00001_20261122101112.pcapng x_00002_20261122101112.pcapng"
                                + " x_00003_20261122101113.pcapng",
                        "y_00001_20261122101112.pcapng x.pcapng"),
                writer(
                        "dumpcap, wrapping",
                        "x_99998_20261122101112.pcapng x_99999_20261122101212.pcapng"
                                + " x_00000_20261122101312.pcapng x_00001_20261122101412.pcapng",
                        ""),
                writer(
                        "dumpcap in the night the clock is put back",
                        "x_00100_20261025024000.pcapng x_00101_20261025025900.pcapng"
                                + " x_00102_20261025020100.pcapng x_00103_20261025024500.pcapng"
                                + " x_00104_20261025030000.pcapng",
                        ""),
                writer(
                        "dumpcap, started twice",
                        "x_00001_20261122101000.pcapng x_00002_20261122102000.pcapng"
                                + " x_00003_20261122103000.pcapng x_00001_20261122103500.pcapng"
                                + " x_00002_20261122104500.pcapng",
                        ""),
                writer(
                        "dumpcap -b nametimenum:2",
                        "x_20261122101112_00001.pcapng x_20261122101112_00002.pcapng"
                                + " x_20261122101113_00003.pcapng",
                        ""),
                writer(
                        "netsniff-ng",
                        "dump-1700000000.pcap dump-1700000060.pcap",
                        "dump.pcap dump-1700000060.pcapng"),
                writer(
                        "netsniff-ng as a ring",
                        "dump-0000000000.pcap dump-0000000001.pcap dump-0000000010.pcap",
                        ""),
                writer(
                        "stenographer",
                        "1700000000000000 1700000060000000",
                        ".1700000120000000 1700000000000000.idx"),
                writer("compressed in part", "f.gz f1.zst f2.lz4 f3.xz f4", "f1.log.gz .f5.gz"),
                writer(
                        "an address in the name",
                        "10.0.0.1_1.pcap 10.0.0.1_2.pcap 10.0.0.1_10.pcap",
                        "10.0.0.2_1.pcap"));
    }

    private static Arguments writer(String name, String series, String others) {
        return Arguments.of(name, words(series), words(others));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writers")
    void shouldFindTheSeriesAndItsOrderFromAnyOfItsNames(
            String writer, List<String> series, List<String> others) {
        List<String> names = new ArrayList<>(series);
        names.addAll(others);
        names.sort(null);

        for (String start : series) {
            assertThat(seriesOf(start, names)).as(start).isEqualTo(series);
        }
        for (String other : others) {
            assertThat(seriesOf(other, names)).as(other).doesNotContainAnyElementsOf(series);
        }
    }

    @Test
    void shouldLetTheFirstSiblingDecideWhenANameStandsAlone() {
        Members members = Members.of("cap2.pcap", SeriesSpec.DEFAULT);
        members.decide("cap2.pcap", List.of("cap2.pcap", "notes.txt"));

        members.appeared("cap2.pcap", "cap3.pcap");

        assertThat(members.contains("cap3.pcap", "cap3.pcap")).isTrue();
        members.appeared("cap2.pcap", "cap2.pcap1");
        assertThat(members.contains("cap2.pcap1", "cap2.pcap1")).isFalse();
    }

    @Test
    void shouldNotTakeAFileNamedLikeTheStartButForItsEndingIntoTheSeries() {
        Members members = Members.of("eth0.pcap.1", SeriesSpec.DEFAULT);
        assertThat(members.contains("eth0.pcap.x", "eth0.pcap.x")).isFalse();
        assertThat(members.contains("eth0.pcap.", "eth0.pcap.")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cap.",
                "dump-",
                "a_",
                "-",
                "d-.pcap",
                "x..",
                "cap (copy)",
                "1700000080)70000008014"
            })
    void shouldBelongToItsOwnSeriesWhateverItEndsIn(String name) {
        assertThat(seriesOf(name, List.of(name, "other"))).containsExactly(name);
        assertThat(seriesOf(name, List.of(name, name + "1"))).containsExactly(name, name + "1");
    }

    private static List<String> seriesOf(String start, List<String> names) {
        Members members = Members.of(start, SeriesSpec.DEFAULT);
        members.decide(start, names);
        List<Ranking.Candidate> found = new ArrayList<>();
        for (String name : names) {
            String identity = Compression.strip(name);
            members.read(name, identity)
                    .filter(key -> !isWorseVariant(name, names))
                    .map(key -> new Ranking.Candidate(Path.of("/nowhere"), name, identity, key))
                    .ifPresent(found::add);
        }
        return arranged(found, members.pattern().numbering());
    }

    private static boolean isWorseVariant(String name, List<String> names) {
        return Compression.preference(name) > 0 && names.contains(Compression.strip(name));
    }

    private static List<String> arranged(
            List<Ranking.Candidate> found, NamePattern.Numbering numbering) {
        Ranking ranking =
                numbering == NamePattern.Numbering.COUNT_AND_TIME
                        ? new DumpcapRanking()
                        : new NameRanking(java.util.Optional.empty());
        var order = new java.util.TreeMap<Position, String>();
        BiConsumer<Ranking.Candidate, Position> place =
                (candidate, position) -> order.put(position, candidate.name());
        ranking.arrange(found, place);
        return List.copyOf(order.values());
    }
}
