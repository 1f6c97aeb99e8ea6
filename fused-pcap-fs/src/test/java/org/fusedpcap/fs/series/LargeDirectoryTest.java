package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.fs.options.SegmentOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory of 50,000 segments is listed once, however it is read. */
class LargeDirectoryTest {

    private static final int FILES = 50_000;

    @TempDir Path path;

    @Test
    void shouldListTheDirectoryOnceToOpenRangesAndToFollow() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Files.createFile(path.resolve("eth0.pcap." + (1_700_000_000L + i)));
        }
        try (SourceDirectoryFixture source = SourceDirectoryFixture.watched(path)) {
            long begun = System.nanoTime();
            StartedSeries started = source.follow("eth0.pcap.1700000000");
            Segment last = started.series().require("eth0.pcap." + (1_700_000_000L + FILES - 1));
            List<Segment> range = started.series().between(started.first(), last);
            System.out.printf("open of the range: %d us%n", (System.nanoTime() - begun) / 1000);
            assertThat(range).hasSize(FILES);
            begun = System.nanoTime();
            source.open("eth0.pcap.1700000007");
            System.out.printf("open again: %d us%n", (System.nanoTime() - begun) / 1000);

            for (int i = 0; i < 100; i++) {
                String name = "eth0.pcap." + (1_700_000_000L + FILES + i);
                source.create(name);
                source.awaitTold("APPEARED " + name);
                Files.delete(path.resolve("eth0.pcap." + (1_700_000_000L + i)));
                source.awaitTold("REMOVED eth0.pcap." + (1_700_000_000L + i));
            }

            assertThat(started.series().size()).isEqualTo(FILES);
            assertThat(started.series().after(started.first()).map(Segment::name))
                    .contains("eth0.pcap.1700000100");
            assertThat(source.directory.scans()).isEqualTo(1);
            System.gc();
            Runtime vm = Runtime.getRuntime();
            System.out.printf("heap: %d KiB%n", (vm.totalMemory() - vm.freeMemory()) / 1024);
            for (SegmentOrder order : SegmentOrder.values()) {
                begun = System.nanoTime();
                source.directory.open(
                        "eth0.pcap.1700000200", new SeriesSpec(Optional.of("*"), order));
                System.out.printf("first %s: %d us%n", order, (System.nanoTime() - begun) / 1000);
            }
        }
    }
}
