package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.Grouping;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Series of capture runs with other settings: each is read on in the form of the first segment. */
class MixedSettingsIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final CaptureFormat LITTLE = CaptureFormat.PCAP;
    private static final CaptureFormat BIG = LITTLE.with(ByteOrder.BIG_ENDIAN);
    private static final int PACKETS = 400;

    /** The same packets twice: as mixed settings, and all in the form of the first segment. */
    private record Mixed(Captures captures, byte[] expected) {}

    private static Mixed write(CaptureFormat first, CaptureFormat... later) throws IOException {
        Path uniform = Files.createDirectories(MOUNTED.source("uniform"));
        Captures expected = Captures.in(uniform).format(first).segment("f.0", PACKETS);
        Captures mixed = MOUNTED.captures().format(first).segment("f.0", PACKETS);
        for (int i = 0; i < later.length; i++) {
            expected.segment("f." + (i + 1), PACKETS);
            mixed.format(later[i]).segment("f." + (i + 1), PACKETS);
        }
        return new Mixed(mixed, RollingSource.of(expected.paths()).bytes());
    }

    @Test
    void shouldReadOnInTheByteOrderAndResolutionOfTheFirstSegment() throws IOException {
        Mixed mixed = write(LITTLE, BIG, LITTLE.withNanos(true), BIG.withNanos(true), LITTLE);
        MOUNTED.end("f.4");
        for (String path : new String[] {"f.0..f.4", "f.0", "keepcache/f.0"}) {
            Pieces.assertSequential(MOUNTED.view(path), mixed.expected(), 4096);
        }
        Random random = new Random(1);
        Pieces.assertRandom(MOUNTED.view("f.0..f.4"), mixed.expected(), 1, 300, random);
        Pieces.assertRandom(MOUNTED.view("f.0..f.4"), mixed.expected(), 70_000, 50, random);
        assertThat(Files.size(MOUNTED.view("f.0..f.4"))).isEqualTo(mixed.expected().length);
        assertThat(MOUNTED.mount().log())
                .contains("f.1 is read on in the form of the first file: BIG_ENDIAN")
                .contains("f.2: time stamps lose their nanoseconds")
                .doesNotContain("f.3: time stamps lose their nanoseconds");
    }

    @Test
    void shouldKeepTheNanosecondsOfAStreamThatBeginsWithThem() throws IOException {
        Mixed mixed = write(BIG.withNanos(true), LITTLE.withNanos(true), BIG.withNanos(true));

        Pieces.assertSequential(MOUNTED.view("f.0..f.2"), mixed.expected(), 128 * 1024);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"clustersize=2", "clustersize=2,keepcache"})
    void shouldShareMixedSettingsOutAmongAClustersMembers(String level) throws IOException {
        Mixed mixed = write(BIG, LITTLE, BIG.withNanos(true));
        try (ClusterMembers members = ClusterMembers.cat(2, MOUNTED.view(level + "/f.0..f.2"))) {
            members.awaitQuietEnds();
            assertThat(
                            members.judge(mixed.captures().expectation(), Grouping.ofMode(0, false))
                                    .toString())
                    .startsWith("ok");
        }
    }

    @Test
    void shouldNotHaveToolsCutLongerPacketsOfALaterSegment() throws IOException {
        MOUNTED.captures()
                .format(LITTLE.withSnaplen(64))
                .segment("f.1", 50)
                .format(LITTLE)
                .segment("f.2", 50);
        String packets =
                "tcpdump -n -r '%s' -w - | tail -c +%d | wc -c"
                        .formatted(MOUNTED.view("f.1..f.2"), 25);
        long records = Files.size(MOUNTED.source("f.1")) + Files.size(MOUNTED.source("f.2")) - 48;

        assertThat(Tool.shell(packets).output().strip()).isEqualTo(Long.toString(records));
        Tool.run("tshark", "-n", "-r", MOUNTED.view("f.1..f.2").toString(), "-w", "/dev/null")
                .assertWhole();
        Pieces.assertSequential(
                MOUNTED.view("f.1..f.1"), Files.readAllBytes(MOUNTED.source("f.1")), 4096);
    }

    @Test
    void shouldEndBeforeRecordHeadersOfAnotherLength() throws IOException {
        MOUNTED.captures()
                .segment("f.1", 50)
                .format(LITTLE.with(CaptureFormat.Container.KUZNETZOV))
                .segment("f.2", 50);
        StreamReader reader = MOUNTED.read("f.1..f.2");

        assertThat(Errno.of(reader.awaitFailure())).isEqualTo(Errno.EIO);
        assertThat(reader.bytes()).isEqualTo(Files.readAllBytes(MOUNTED.source("f.1")));
        assertThat(MOUNTED.mount().log()).contains("record headers of 24 bytes instead of 16");
    }
}
