package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of followed streams of what was there before, to an end that was set. */
class FollowBytesIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final int RANDOM_READS = 200;

    @ParameterizedTest(name = "{0}START{1}, {2} segments of {3}, {4} bytes at a time, {5} readers")
    @CsvSource({
        "'',          '',   1,   40,       1, 2",
        "'',          ..,   2, 1000,    4096, 8",
        "'',          '',  50,  100,  131071, 1",
        "'',          ..,   2, 1000,  131072, 8",
        "'',          '',  50,  100,  131073, 1",
        "'',          '',   1, 3000, 1048576, 8",
        "keepcache/,  '',   1,   40,       1, 2",
        "keepcache/,  ..,   2, 1000,    4096, 8",
        "keepcache/,  '',  50,  100,  131071, 1",
        "keepcache/,  ..,   2, 1000,  131073, 8",
        "keepcache/,  '',   1, 3000, 1048576, 8"
    })
    void shouldBeHeaderAndBodiesHoweverTheyAreRead(
            String level, String dots, int segments, int packets, int piece, int readers)
            throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), segments, packets);
        MOUNTED.end(source.last());

        Pieces.together(
                readers,
                reader ->
                        Pieces.assertSequential(
                                MOUNTED.view(level + source.first() + dots),
                                source.bytes(),
                                piece));
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldLetEachProcessHaveAnEndOfItsOwn(String level) throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 8, 300);
        List<Tool> readers = new ArrayList<>();
        for (String end : source.names()) {
            readers.add(readerWithEnd(level + source.first(), end));
        }

        for (int i = 0; i < readers.size(); i++) {
            Tool reader = readers.get(i);
            reader.await().assertQuiet();
            RollingSource expected =
                    RollingSource.of(
                            source.names().subList(0, i + 1).stream()
                                    .map(MOUNTED::source)
                                    .toList());
            assertThat(Files.readAllBytes(reader.outputFile())).isEqualTo(expected.bytes());
        }
    }

    /** A process that sets an end for itself, and then reads. */
    private static Tool readerWithEnd(String name, String end) throws IOException {
        String line =
                "echo '%s' > '%s'.$$; exec cat '%s'"
                        .formatted(end, MOUNTED.view(".end"), MOUNTED.view(name));
        return MOUNTED.start("bash", "-c", line);
    }

    @ParameterizedTest(name = "{0}START")
    @ValueSource(strings = {"", "keepcache/"})
    void shouldReadAnyOffsetAgain(String level) throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 6, 400);
        MOUNTED.end(source.last());
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);

        try (FileChannel channel = FileChannel.open(MOUNTED.view(level + source.first()))) {
            ByteBuffer all = ByteBuffer.allocate(source.length());
            while (all.hasRemaining()) {
                assertThat(channel.read(all)).isPositive();
            }
            for (int i = 0; i < RANDOM_READS; i++) {
                int from = random.nextInt(source.length());
                int length = Math.min(1 + random.nextInt(200_000), source.length() - from);
                ByteBuffer piece = ByteBuffer.allocate(length);
                while (piece.hasRemaining()) {
                    assertThat(channel.read(piece, from + piece.position())).isPositive();
                }
                assertThat(piece.array())
                        .isEqualTo(Arrays.copyOfRange(source.bytes(), from, from + length));
            }
        }
    }

    @Test
    void shouldAnswerAReadBeyondWhatExistsWithAnError() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 2, 50);

        try (FileChannel channel = FileChannel.open(MOUNTED.view(source.first()))) {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            assertThat(Errno.of(() -> channel.read(buffer, source.length() + 1L)))
                    .isEqualTo(Errno.EINVAL);
            assertThat(channel.read(buffer, source.length() - 1L)).isEqualTo(1);
        }
    }

    @Test
    void shouldReadTheRestWhenItStartsInTheMiddleOfTheSeries() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 12, 50);
        List<String> rest = source.names().subList(5, 12);
        MOUNTED.end(source.last());

        Pieces.assertSequential(
                MOUNTED.view(rest.get(0)),
                RollingSource.of(rest.stream().map(MOUNTED::source).toList()).bytes(),
                65_536);
    }
}
