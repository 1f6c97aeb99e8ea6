package org.fusedpcap.fs.mounted;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fusedpcap.fs.mounted.Tool.Result;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.writer.CaptureFormat;
import org.fusedpcap.testkit.writer.CaptureFormat.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed ranges of pcapng: all files one behind the other, as they are. */
class PcapngRangeIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int RANDOM_READS = 200;

    /** Everything the format has, a torn end in the middle, and files that are nearly empty. */
    private static RollingSource everything() throws IOException {
        PcapngSource source =
                new PcapngSource(MOUNTED.source(), 1)
                        .segment("t_00001_20261122101112.pcapng", LITTLE_ENDIAN)
                        .segment("t_00002_20261122101113.pcapng", BIG_ENDIAN, LITTLE_ENDIAN)
                        .segment("t_00003_20261122101114.pcapng", LITTLE_ENDIAN, BIG_ENDIAN)
                        .segment("t_00004_20261122101115.pcapng", BIG_ENDIAN);
        byte[] torn = Files.readAllBytes(source.files().get(1));
        Files.write(source.files().get(1), Arrays.copyOf(torn, torn.length - 5));
        Files.write(source.files().get(2), new byte[3000], StandardOpenOption.APPEND);
        return RollingSource.of(source.files());
    }

    @ParameterizedTest(name = "{0}, {1} bytes at a time, {2} readers")
    @CsvSource({
        "'', 4096, 1",
        "'', 131071, 4",
        "'', 131072, 1",
        "'', 131073, 4",
        "'', 1048576, 1",
        "keepcache/, 4096, 4",
        "keepcache/, 131072, 1"
    })
    void shouldBeAllWholeBlocksHoweverTheyAreRead(String level, int piece, int readers)
            throws IOException {
        RollingSource source = everything();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);

        Pieces.together(
                readers,
                reader -> {
                    Pieces.assertSequential(
                            MOUNTED.view(level + source.range()), source.bytes(), piece);
                    Pieces.assertRandom(
                            MOUNTED.view(level + source.range()),
                            source.bytes(),
                            piece,
                            RANDOM_READS,
                            new Random(seed + reader));
                });
    }

    @Test
    void shouldBeReadAtRandomBeforeAnybodyReadItInOrder() throws IOException {
        RollingSource source = everything();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);

        Pieces.assertRandom(
                MOUNTED.view(source.range()), source.bytes(), 100_000, 300, new Random(seed));
    }

    @Test
    void shouldBeReadByteByByte() throws IOException {
        Captures captures =
                MOUNTED.captures()
                        .format(CaptureFormat.PCAPNG.with(Container.PCAPNG_INTERFACES))
                        .segment("f.1", 20)
                        .torn("f.2", 20, 3)
                        .headerOnly("f.3")
                        .segment("f.4", 5);
        RollingSource source = RollingSource.of(captures.paths());

        Pieces.assertSequential(MOUNTED.view(source.range()), source.bytes(), 1);
    }

    @ParameterizedTest(name = "big endian: {0}")
    @ValueSource(booleans = {false, true})
    void shouldTellItsSizeAndEqualTheFilesWhenNoneIsTorn(boolean big) throws IOException {
        CaptureFormat format = CaptureFormat.PCAPNG.with(big ? BIG_ENDIAN : LITTLE_ENDIAN);
        MOUNTED.captures().format(format).segment("f.1", 500).segment("f.2", 300);
        long size = Files.size(MOUNTED.source("f.1")) + Files.size(MOUNTED.source("f.2"));

        assertThat(Files.size(MOUNTED.view("f.1..f.2"))).isEqualTo(size);
        Tool.shell(
                        "cmp %s <(cat %s %s)"
                                .formatted(
                                        MOUNTED.view("f.1..f.2"),
                                        MOUNTED.source("f.1"),
                                        MOUNTED.source("f.2")))
                .assertQuiet();
        assertThat(Files.size(MOUNTED.view("f.1..f.2"))).isEqualTo(size);
    }

    @Test
    void shouldBeReadByEveryTool() throws IOException {
        RollingSource source = everything();
        String range = MOUNTED.view(source.range()).toString();

        List<Result> results =
                List.of(
                        Tool.run("tshark", "-n", "-r", range, "-T", "fields", "-e", "frame.number"),
                        Tool.run("capinfos", "-c", range),
                        Tool.run("editcap", "-F", "pcapng", range, "/dev/null"));

        results.forEach(Result::assertWhole);
        // Four files, six sections of 1000 packets; and tshark counts custom blocks, too.
        assertThat(results.get(0).output().lines()).hasSize(6 * (1000 + 6));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"f.1", "f.1..", "f.1..f.3", "keepcache/f.1", "keepcache/f.1..f.3"})
    void shouldEndWithAnErrorWhereTheOtherFormatFollows(String path) throws IOException {
        Captures captures = MOUNTED.captures().format(CaptureFormat.PCAPNG).segment("f.1", 100);
        byte[] readable = Files.readAllBytes(MOUNTED.source("f.1"));
        captures.format(CaptureFormat.PCAP).segment("f.2", 100).segment("f.3", 100);

        StreamReader reader = MOUNTED.read(path, 10_000);

        assertThat(Errno.of(reader.awaitFailure())).isEqualTo(Errno.EIO);
        assertThat(reader.bytes()).isEqualTo(readable);
        assertThat(Files.readString(MOUNTED.view(".last")).strip()).isEqualTo("f.1");
        assertThat(Files.readString(MOUNTED.view(".next")).strip()).isEqualTo("f.2");
    }
}
