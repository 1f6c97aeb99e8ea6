package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import org.fusedpcap.testkit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stat(2) and fstat(2) say of sizes. */
class FileSizesIT {

    @RegisterExtension static final MountedSource MOUNTED = MountedSource.plain();

    private static final long DEFAULT_SIZE = 512L << 40;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"f.1", "f.1..", "f.2"})
    void shouldBe512TerabytesForAStreamThatMayGrow(String path) throws IOException {
        MOUNTED.captures().segment("f.1", 20).segment("f.2", 20);

        assertThat(Files.size(MOUNTED.view(path))).isEqualTo(DEFAULT_SIZE);
        try (FileChannel channel = FileChannel.open(MOUNTED.view(path))) {
            assertThat(channel.size()).isEqualTo(DEFAULT_SIZE);
        }
    }

    @ParameterizedTest(name = "filesize={0}")
    @CsvSource({"1, 1", "3K, 3072", "5M, 5242880", "4g, 4294967296", "1T, 1099511627776"})
    void shouldBeWhatTheOptionSays(String option, long bytes) throws IOException {
        MOUNTED.captures().segment("f.1", 20);

        assertThat(Files.size(MOUNTED.view("filesize=" + option + "/f.1"))).isEqualTo(bytes);
    }

    @Test
    void shouldBeTheRealSizeOfAClosedRange() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 5, 100);

        assertThat(Files.size(MOUNTED.view(source.range()))).isEqualTo(source.length());
        assertThat(Files.size(MOUNTED.view("filesize=1K/" + source.range())))
                .isEqualTo(source.length());
        String second = source.names().get(1);
        assertThat(Files.size(MOUNTED.view(second + ".." + second)))
                .isEqualTo(Files.size(MOUNTED.source(second)));
    }

    @Test
    void shouldBeTheRealSizeOfADamagedRangeOnceItWasRead() throws IOException {
        Captures captures =
                MOUNTED.captures().segment("f.1", 50).torn("f.2", 50, 20).segment("f.3", 50);
        RollingSource source = RollingSource.of(captures.paths());

        Pieces.assertSequential(MOUNTED.view("f.1..f.3"), source.bytes(), 4096);

        assertThat(Files.size(MOUNTED.view("f.1..f.3"))).isEqualTo(source.length());
    }

    @Test
    void shouldBeWhatIsThereForTheReaderOfACachedStream() throws IOException {
        Captures captures = MOUNTED.captures().segment("f.1", 50);
        try (FileChannel channel = FileChannel.open(MOUNTED.view("keepcache/f.1"))) {
            ByteBuffer all = ByteBuffer.allocate(1 << 20);
            for (int i = 2; i < 6; i++) {
                // Of a later segment, what is there is told when the reader comes to it.
                int length = RollingSource.of(captures.paths()).length();
                while (all.position() < length) {
                    assertThat(channel.read(all)).isPositive();
                }
                assertThat(channel.size()).isEqualTo(length);
                captures.segment("f." + i, 50);
            }
        }
    }

    @Test
    void shouldAskToolsToReadLargePieces() throws IOException {
        RollingSource source = RollingSource.write(MOUNTED.source(), 2, 10);
        for (String path : new String[] {source.first(), source.range()}) {
            assertThat(Tool.run("stat", "-c", "%o", "" + MOUNTED.view(path)).output().strip())
                    .isEqualTo("131072");
        }
    }
}
