package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of closed ranges, which go through the kernel's page cache. */
class RangeBytesIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int KIB = 1024;
    private static final int RANDOM_READS = 300;

    @ParameterizedTest(name = "{0} segments of {1} packets, {2} bytes at a time, {3} readers")
    @CsvSource({
        "1, 40, 1, 1",
        "2, 20, 1, 8",
        "1, 4000, 4096, 1",
        "2, 2000, 4096, 8",
        "50, 200, 4096, 8",
        "2, 2000, 131071, 1",
        "2, 2000, 131072, 8",
        "50, 200, 131073, 1",
        "1, 4000, 1048576, 8",
        "50, 200, 1048576, 1"
    })
    void shouldBeHeaderAndBodiesHoweverTheyAreRead(
            int segments, int packets, int piece, int readers) throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), segments, packets);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);

        Pieces.together(
                readers,
                reader -> {
                    Pieces.assertSequential(MOUNTED.view(source.range()), source.bytes(), piece);
                    Pieces.assertRandom(
                            MOUNTED.view(source.range()),
                            source.bytes(),
                            piece,
                            RANDOM_READS,
                            new Random(seed + reader));
                });
    }

    @ParameterizedTest(name = "{0} segments")
    @ValueSource(ints = {2, 50})
    void shouldBeReadAtRandomBeforeAnybodyReadItInOrder(int segments) throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), segments, 6000 / segments);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);

        Pieces.assertRandom(
                MOUNTED.view(source.range()),
                source.bytes(),
                100 * KIB,
                RANDOM_READS,
                new Random(seed));
    }

    @Test
    void shouldEqualTheSegmentWhenItIsOne() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 3, 500);
        String name = source.names().get(1);

        Tool.run(
                        "cmp",
                        MOUNTED.source(name).toString(),
                        MOUNTED.view(name + ".." + name).toString())
                .assertQuiet();
    }

    @Test
    void shouldShowTheSameThroughAMemoryMapping() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 5, 500);

        try (FileChannel channel = FileChannel.open(MOUNTED.view(source.range()))) {
            assertThat(channel.size()).isEqualTo(source.length());
            ByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, source.length());
            assertThat(mapped.mismatch(ByteBuffer.wrap(source.bytes()))).isEqualTo(-1);
        }
    }

    @Test
    void shouldBeTheSameThroughKeepcache() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 5, 500);

        Pieces.together(
                4,
                reader ->
                        Pieces.assertSequential(
                                MOUNTED.view("keepcache/" + source.range()),
                                source.bytes(),
                                4 * KIB));
    }

    @Test
    void shouldShowTheNewBytesWhenASegmentWasWrittenAnew() throws IOException {
        RollingSource old = RollingSource.write(MOUNTED.source(), 2, 300);
        Pieces.assertSequential(MOUNTED.view(old.range()), old.bytes(), 64 * KIB);

        RollingSource changed = RollingSource.write(MOUNTED.source(), 2, 250);

        // Until it is known that both were written anew, the first one is taken for the newest.
        Limits.await("the range").until(() -> Files.exists(MOUNTED.view(changed.range())));
        Pieces.assertSequential(MOUNTED.view(changed.range()), changed.bytes(), 64 * KIB);
    }

    @Test
    void shouldStayAsItWasAtOpenWhenTheLastSegmentGrows() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 2, 300);
        try (FileChannel channel = FileChannel.open(MOUNTED.view(source.range()))) {
            byte[] records = Files.readAllBytes(MOUNTED.source(source.first()));
            Files.write(MOUNTED.source(source.last()), records, StandardOpenOption.APPEND);

            assertThat(channel.size()).isEqualTo(source.length());
            assertThat(channel.read(ByteBuffer.allocate(1), source.length())).isEqualTo(-1);
        }
    }
}
