package org.fusedpcap.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Expectation;
import org.fusedpcap.testkit.oracle.FaultKind;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.oracle.Oracle;
import org.fusedpcap.testkit.oracle.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantTest {

    @TempDir Path folder;

    @Test
    void shouldPlantMissingPacket() throws IOException {
        assertThat(found(Plant.DROPPED)).isEqualTo(FaultKind.MISSING);
    }

    @Test
    void shouldPlantDoubledPacket() throws IOException {
        assertThat(found(Plant.DOUBLED)).isEqualTo(FaultKind.DOUBLED);
    }

    @Test
    void shouldPlantSwappedPackets() throws IOException {
        assertThat(found(Plant.SWAPPED)).isEqualTo(FaultKind.OUT_OF_ORDER);
    }

    @Test
    void shouldPlantNothingIfNothingIsAskedFor() throws IOException {
        Path capture = capture();
        byte[] before = Files.readAllBytes(capture);
        Plant.NONE.into(capture);
        assertThat(capture).hasBinaryContent(before);
    }

    @Test
    void shouldPlantSplitConversation() throws IOException {
        Path all = capture();
        Expectation expectation = Expectation.ofFiles(List.of(all));
        PcapFile file = PcapFile.read(all);
        Path even = part(file, 0);
        Path odd = part(file, 1);
        assertThat(verdict(expectation, even, odd).isOk()).isTrue();
        Plant.SPLIT.among(List.of(even, odd));
        Verdict verdict = verdict(expectation, even, odd);
        assertThat(verdict.faults()).hasSize(1);
        assertThat(verdict.faults().get(0).kind())
                .isIn(FaultKind.SPLIT, FaultKind.DIRECTIONS_APART);
    }

    private Path part(PcapFile file, int remainder) throws IOException {
        PcapFile part = new PcapFile(file.header(), new ArrayList<>(), file.tail());
        for (int i = 0; i < file.records().size(); i++) {
            if (file.marker(i).orElseThrow().conversation() % 2 == remainder) {
                part.records().add(file.records().get(i));
            }
        }
        Path path = folder.resolve("part" + remainder);
        part.write(path);
        return path;
    }

    private FaultKind found(Plant plant) throws IOException {
        Path capture = capture();
        Expectation expectation = Expectation.ofFiles(List.of(capture));
        plant.into(capture);
        Verdict verdict = verdict(expectation, capture);
        assertThat(verdict.faults()).hasSize(1);
        return verdict.faults().get(0).kind();
    }

    private Path capture() throws IOException {
        return Captures.in(folder).traffic(Source.UDP).segment("eth0.pcap.1", 1000).paths().get(0);
    }

    private static Verdict verdict(Expectation expectation, Path... captures) throws IOException {
        Oracle oracle = Oracle.ofMembers(expectation, captures.length, Grouping.ofMode(0, false));
        for (int member = 0; member < captures.length; member++) {
            try (InputStream in = Files.newInputStream(captures[member])) {
                oracle.read(member, in);
            }
        }
        return oracle.verdict();
    }
}
