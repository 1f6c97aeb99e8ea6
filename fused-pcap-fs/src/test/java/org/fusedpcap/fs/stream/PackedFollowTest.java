package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.compression.Packing.skippable;
import static org.fusedpcap.fs.stream.FollowFixture.await;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.compression.Packing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Followed streams in which segments are compressed, before they are written or afterwards. */
class PackedFollowTest {

    /** Binary logarithm of a dictionary's length, in bytes. */
    private static final int LARGE = 25;

    @TempDir Path path;
    FollowFixture source;

    @BeforeEach
    void watch() throws IOException {
        source = new FollowFixture(path);
    }

    @AfterEach
    void unwatch() {
        await().until(() -> source.files.openCount() == 0);
        source.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnFromOneToTheNext(Packing packing) throws IOException {
        source.write("f1" + packing.ending(), packing.pack(capture(0, 5000)));
        try (FollowStream stream = source.follow("f1" + packing.ending())) {
            StreamReader reader = new StreamReader(stream);
            reader.until(capture(0, 5000).length);
            assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
            source.write("f2" + packing.ending(), packing.pack(capture(5000, 10)));
            source.write("f3", capture(5010, 10));
            reader.until(capture(0, 5020).length);

            assertThat(reader.got()).isEqualTo(capture(0, 5020));
            assertThat(source.events.tornSegments()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void shouldReadAsFarAsAWriterHasFlushed(Packing packing) throws IOException {
        String name = "f1" + packing.ending();
        try (OutputStream out = packing.around(Files.newOutputStream(source.file(name)))) {
            out.write(capture(0, 10));
            out.flush();
            try (FollowStream stream = source.follow(name)) {
                StreamReader reader = new StreamReader(stream);
                reader.until(capture(0, 10).length);
                for (int i = 1; i < 5; i++) {
                    assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
                    out.write(records(i * 10, 10));
                    out.flush();
                    reader.until(capture(0, i * 10 + 10).length);
                }
                assertThat(reader.got()).isEqualTo(capture(0, 50));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWaitInAFileThatGrowsByteByByte(Packing packing) throws IOException {
        String name = "f1" + packing.ending();
        byte[] packed = packing.pack(capture(0, 30));
        source.write(name, new byte[0]);
        try (FollowStream stream = source.follow(name)) {
            StreamReader reader = new StreamReader(stream);
            for (byte one : packed) {
                source.append(name, new byte[] {one});
                assertThat(reader.drain(100)).isEqualTo(ReadResult.Nothing.NOT_YET);
            }
            assertThat(reader.got()).isEqualTo(capture(0, 30));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "LZ4"})
    void shouldWaitBehindFramesToBeSkipped(Packing packing) throws IOException {
        String name = "f1" + packing.ending();
        source.write(name, new byte[0]);
        try (FollowStream stream = source.follow(name)) {
            StreamReader reader = new StreamReader(stream);
            byte[] packed = packing.pack(capture(0, 30));
            for (byte one : join(skippable(3, 50), skippable(0, 4), packed, skippable(0, 2))) {
                source.append(name, new byte[] {one});
                assertThat(reader.drain(100)).isEqualTo(ReadResult.Nothing.NOT_YET);
            }
            assertThat(reader.got()).isEqualTo(capture(0, 30));
        }
    }

    @Test
    void shouldGoBackAfterAReadFarBehindTheEnd() throws IOException {
        source.write("f1.zst", Packing.ZSTD.pack(capture(0, 10)));
        source.write("f2.zst", Packing.ZSTD.pack(capture(10, 20_000)));
        source.write("f3.zst", Packing.ZSTD.pack(capture(20_010, 10)));
        byte[] content = capture(0, 20_020);
        try (FollowStream stream = source.follow("f1.zst")) {
            for (int i = 0; i < 3; i++) {
                assertThat(stream.read(1L << 48, 1000)).isEqualTo(ReadResult.Nothing.BEYOND);
                assertThat(StreamReader.bytes(stream.read(0, content.length))).isEqualTo(content);
            }
            StreamReader reader = new StreamReader(stream);
            reader.until(content.length);
            source.write("f4.zst", Packing.ZSTD.pack(capture(20_020, 10)));
            reader.until(capture(0, 20_030).length);
            assertThat(reader.got()).isEqualTo(capture(0, 20_030));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnBehindATornOne(Packing packing) throws IOException {
        byte[] packed = packing.pack(capture(0, 10));
        source.write("f1" + packing.ending(), join(packed, Arrays.copyOf(packed, 20)));
        source.write("f2", capture(10, 10));
        try (FollowStream stream = source.follow("f1" + packing.ending())) {
            StreamReader reader = new StreamReader(stream);
            reader.until(capture(0, 20).length);

            assertThat(reader.got()).isEqualTo(capture(0, 20));
            assertThat(source.events.tornSegments()).isEqualTo(1);
        }
    }

    @Test
    void shouldReadASegmentOnceThatIsCompressedWhileItIsRead() throws IOException {
        source.write("f1", capture(0, 10));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            compress("f1");
            source.write("f2", capture(10, 10));
            reader.until(capture(0, 20).length);
            compress("f2");
            source.write("f3", capture(20, 10));
            reader.until(capture(0, 30).length);

            assertThat(reader.got()).isEqualTo(capture(0, 30));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldReadSegmentsOnceThatAreCompressedBeforeTheyAreReached() throws IOException {
        for (int i = 0; i < 6; i++) {
            source.write("f" + i, capture(i * 10, 10));
        }
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            for (int i = 0; i < 5; i++) {
                compress("f" + i);
            }
            reader.until(capture(0, 60).length);

            assertThat(reader.got()).isEqualTo(capture(0, 60));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    /** As gzip does it: the packed file grows beside the plain one, which then goes. */
    private void compress(String name) throws IOException {
        byte[] packed = Packing.GZIP.pack(Files.readAllBytes(source.file(name)));
        source.write(name + ".gz", Arrays.copyOf(packed, packed.length / 2));
        source.append(name + ".gz", Arrays.copyOfRange(packed, packed.length / 2, packed.length));
        Files.delete(source.file(name));
    }

    /**
     * One of the dictionaries fits into the heap, not two; and each file is longer than a window.
     */
    @Test
    void shouldMissNothingOfFilesWithALargeDictionaryEach() throws IOException {
        int each = 50_000;
        for (int i = 0; i < 3; i++) {
            source.write("f" + i + ".xz", Packing.packXz(capture(i * each, each), LARGE));
        }
        try (FollowStream stream = source.follow("f0.xz")) {
            StreamReader reader = new StreamReader(stream);
            reader.until(TestCapture.HEADER + 3L * each * 76);

            assertThat(reader.got()).isEqualTo(capture(0, 3 * each));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldFailAndNotPassOverWhatCannotBeUnpackedBecauseOfOthers() throws IOException {
        source.write("f0", capture(0, 100));
        source.write("f1.xz", Packing.packXz(capture(100, 100), LARGE));
        source.write("g.xz", Packing.packXz(capture(0, 100_000), LARGE));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            try (FollowStream other = source.follow("g.xz")) {
                new StreamReader(other).step(1000);
                assertThat(reader.drain(1000)).isInstanceOf(ReadResult.Failed.class);
            }
            reader.until(capture(0, 200).length);

            assertThat(reader.got()).isEqualTo(capture(0, 200));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldNoticeACompressedOneThatIsOverwrittenBeforeItsTurn() throws IOException {
        source.write("f0", capture(0, 100));
        source.write("f1.gz", Packing.GZIP.pack(capture(100, 100)));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(1000);
            TestCapture.rewrite(source.file("f1.gz"), Packing.GZIP.pack(capture(500, 100)));
            reader.until(capture(0, 100).length);
            source.write("f2.gz", Packing.GZIP.pack(capture(600, 100)));
            reader.until(capture(0, 200).length);

            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseWhatIsPackedButNoCapture() throws IOException {
        source.write("f1.gz", Packing.GZIP.pack("this is no capture at all, no".getBytes()));

        assertThatThrownBy(() -> source.follow("f1.gz"))
                .isInstanceOf(InvalidCaptureException.class);
    }

    @Test
    void shouldRefuseWhatCannotBeUnpackedFromTheBeginningOn() throws IOException {
        byte[] packed = Packing.ZSTD.pack(capture(0, 10));
        Arrays.fill(packed, 6, packed.length, (byte) 0x55);
        source.write("f1.zst", packed);

        assertThatThrownBy(() -> source.follow("f1.zst"))
                .isInstanceOf(InvalidCaptureException.class)
                .hasMessageContaining("zstd");
    }
}
