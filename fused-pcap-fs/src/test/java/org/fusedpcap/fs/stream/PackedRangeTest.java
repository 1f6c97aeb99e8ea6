package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.compression.Packing.skippable;
import static org.fusedpcap.fs.stream.FollowFixture.await;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
import java.nio.ByteBuffer;
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

/** Ranges in which segments are compressed. */
class PackedRangeTest {

    private static final int MANY = 300_000;
    private static final long FAR = 1L << 48;

    @TempDir Path directory;
    private RangeFixture source;

    @BeforeEach
    void begin() {
        source = new RangeFixture(directory);
    }

    @AfterEach
    void shouldHaveLetGoOfAllFiles() {
        await().until(() -> source.files.openCount() == 0);
    }

    private static byte[] readAll(RangeStream range) {
        return RangeFixture.readAll(range, 10_000);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatIsInThem(Packing packing) throws IOException {
        source.write("f1", capture(0, 100));
        source.write("f2" + packing.ending(), packing.pack(capture(100, 20_000)));
        source.write("f3", capture(20_100, 100));
        try (RangeStream range = source.open("f1", "f2" + packing.ending(), "f3")) {
            assertThat(range.isSizeKnown()).isFalse();
            assertThat(range.size()).isEqualTo(RangeFixture.UNKNOWN_SIZE);

            assertThat(readAll(range)).isEqualTo(capture(0, 20_200));
            assertThat(range.size()).isEqualTo(capture(0, 20_200).length);
            assertThat(source.events.tornSegments()).isZero();
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeginAndEndWithThem(Packing packing) throws IOException {
        source.write("f1", packing.pack(capture(0, 10)));
        source.write("f2", packing.pack(capture(10, 10)));
        try (RangeStream range = source.open("f1", "f2")) {
            assertThat(readAll(range)).isEqualTo(capture(0, 20));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDropTheTornEndOfOne(Packing packing) throws IOException {
        byte[] packed = packing.pack(capture(0, 20_000));
        source.write("f1", Arrays.copyOf(packed, packed.length * 2 / 3));
        source.write("f2", capture(20_000, 10));
        try (RangeStream range = source.open("f1", "f2")) {
            byte[] got = readAll(range);

            byte[] whole = capture(0, 20_010);
            byte[] behind = records(20_000, 10);
            int first = got.length - behind.length;
            assertThat(slice(got, first, got.length)).isEqualTo(behind);
            assertThat(first % 76).isEqualTo(24);
            assertThat(slice(got, 0, first)).isEqualTo(slice(whole, 0, first));
            assertThat(source.events.tornSegments()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "LZ4"})
    void shouldReadWhatBeginsWithFramesToBeSkipped(Packing packing) throws IOException {
        byte[] packed = packing.pack(capture(0, 10));
        source.write("f1", join(skippable(0, 4), packed));
        source.write("f2", join(skippable(0xf, 0), skippable(7, 5000), packed, skippable(1, 9)));
        try (RangeStream range = source.open("f1", "f2")) {
            assertThat(range.isSizeKnown()).isFalse();
            assertThat(readAll(range)).isEqualTo(join(capture(0, 10), records(0, 10)));
            assertThat(source.events.tornSegments()).isZero();
        }
    }

    /** As much as is looked at once, and no more, for there may be millions of them. */
    @Test
    void shouldRefuseWhatIsMadeOfFramesToBeSkipped() throws IOException {
        byte[] skipped = new byte[0];
        for (int i = 0; i < 100; i++) {
            skipped = join(skipped, skippable(i & 0xf, 1));
        }
        source.write("f1", join(skipped, Packing.ZSTD.pack(capture(0, 10))));
        assertThatThrownBy(() -> source.open("f1")).isInstanceOf(InvalidCaptureException.class);
    }

    @Test
    void shouldGoBackAfterAReadFarBehindTheEnd() throws IOException {
        source.write("f1.zst", Packing.ZSTD.pack(capture(0, 10)));
        source.write("f2.zst", Packing.ZSTD.pack(capture(10, 20_000)));
        source.write("f3.zst", Packing.ZSTD.pack(capture(20_010, 10)));
        byte[] content = capture(0, 20_020);
        try (RangeStream range = source.open("f1.zst", "f2.zst", "f3.zst")) {
            for (int i = 0; i < 3; i++) {
                while (!range.approach(FAR, 1000)) {
                    // As a reader that could be interrupted.
                }
                assertThat(range.read(FAR, 1000)).isEqualTo(ReadResult.Nothing.BEYOND);
                assertThat(StreamReader.bytes(range.read(0, content.length))).isEqualTo(content);
            }
        }
    }

    @Test
    void shouldGoBackWithinTheWindowAndNoFurther() throws IOException {
        byte[] content = capture(0, MANY);
        source.write("f1.zst", Packing.ZSTD.pack(content));
        try (RangeStream range = source.open("f1.zst")) {
            int end = content.length;
            assertThat(StreamReader.bytes(range.read(end - 1000, 2000)))
                    .isEqualTo(slice(content, end - 1000, end));

            int back = end - Unpacking.BACK + 100_000;
            assertThat(StreamReader.bytes(range.read(back, 1000)))
                    .isEqualTo(slice(content, back, back + 1000));
            assertThat(range.read(0, 1000)).isEqualTo(ReadResult.Nothing.NOT_SEEKABLE);
        }
    }

    @Test
    void shouldGoBackOverSmallSegments() throws IOException {
        String[] names = new String[30];
        for (int i = 0; i < names.length; i++) {
            names[i] = "f" + i + ".zst";
            source.write(names[i], Packing.ZSTD.pack(capture(i * 10, 10)));
        }
        try (RangeStream range = source.open(names)) {
            byte[] all = readAll(range);

            assertThat(all).isEqualTo(capture(0, 300));
            assertThat(StreamReader.bytes(range.read(0, all.length))).isEqualTo(all);
        }
    }

    @Test
    void shouldCutBetweenTheRecordsOfSmallSegmentsThatWereLeft() throws IOException {
        byte[] content = capture(0, 30);
        for (int i = 0; i < 3; i++) {
            source.write("f" + i + ".zst", Packing.ZSTD.pack(capture(i * 10, 10)));
        }
        try (RangeStream range = source.open("f0.zst", "f1.zst", "f2.zst")) {
            assertThat(readAll(range)).isEqualTo(content);
            assertThat(range.readSegment(0, ByteBuffer.allocate(10)))
                    .isEqualTo(new SegmentSlice.TooLong("f0.zst", 24));
            assertThat(range.readSegment(24, ByteBuffer.allocate(75)))
                    .isEqualTo(new SegmentSlice.TooLong("f0.zst", 76));
            for (int from = 24; from < content.length; ) {
                ByteBuffer got = ByteBuffer.allocate(300);
                SegmentSlice slice = range.readSegment(from, got);
                int number = (from - 24) / 760;
                int to = Math.min(from + 228, 24 + (number + 1) * 760);

                assertThat(slice)
                        .isEqualTo(new SegmentSlice.Bytes("f" + number + ".zst", to - from));
                assertThat(got.array()).startsWith(slice(content, from, to));
                from = to;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeReadAndReadBackInTheFormOfTheFirstSegment(Packing packing) throws IOException {
        source.write("f0", RecordForm.LITTLE.capture(0, 100));
        source.write("f1", packing.pack(RecordForm.BIG_NANOS.capture(100, 100)));
        source.write("f2", packing.pack(RecordForm.OLD.capture(200, 100)));
        source.write("f3", RecordForm.BIG.capture(300, 100));
        byte[] expected = RecordForm.LITTLE.capture(0, 400);
        for (int length : new int[] {7, 100, 4096, 100_000}) {
            try (RangeStream range = source.open("f0", "f1", "f2", "f3")) {
                assertThat(RangeFixture.readAll(range, length)).isEqualTo(expected);
                for (int from = 0; from < expected.length - length; from += 997) {
                    assertThat(StreamReader.bytes(range.read(from, length)))
                            .isEqualTo(slice(expected, from, from + length));
                }
            }
        }
    }

    /** Two such dictionaries fit, and each open looks at the file twice before it is read. */
    @Test
    void shouldNotBeRefusedBecauseOfDecodersThatWereJustLetGoOf() throws IOException {
        source.write("f1.xz", Packing.packXz(capture(0, 1000), 24));
        for (int i = 0; i < 20; i++) {
            try (RangeStream range = source.open("f1.xz")) {
                assertThat(readAll(range)).isEqualTo(capture(0, 1000));
            }
        }
        assertThat(source.events.missedSegments()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellTheirSnapLengthInTheHeader(Packing packing) throws IOException {
        RecordForm narrow = RecordForm.BIG.withSnaplen(96);
        RecordForm wide = RecordForm.BIG.withSnaplen(1000);
        source.write("f0", packing.pack(narrow.capture(0, 10)));
        source.write("f1", packing.pack(wide.capture(10, 10)));
        try (RangeStream range = source.open("f0", "f1")) {
            assertThat(readAll(range)).isEqualTo(wide.capture(0, 20));
        }
    }

    @Test
    void shouldReadOnInTheFileThatASegmentWasPutInto() throws IOException {
        source.write("f1", capture(0, 10));
        source.write("f2", join(capture(10, 10), slice(records(20, 1), 0, 30)));
        source.write("f3", capture(21, 9));
        try (RangeStream range = source.open("f1", "f2", "f3")) {
            byte[] complete = capture(10, 11);
            source.write("f2.gz", Packing.GZIP.pack(complete));
            Files.delete(source.path("f2"));

            assertThat(readAll(range)).isEqualTo(join(capture(0, 20), records(21, 9)));
            assertThat(source.events.missedSegments()).isZero();
            assertThat(source.events.missedBytes()).isZero();
        }
    }

    @Test
    void shouldPassOverWhatIsCompressedWithoutSayingSoBecauseTheSizeWasToldAlready()
            throws IOException {
        String[] names = new String[20];
        for (int i = 0; i < names.length; i++) {
            names[i] = "f" + i;
            source.write(names[i], capture(i, 1));
        }
        source.write("f7", Packing.GZIP.pack(capture(7, 1)));
        try (RangeStream range = source.open(names)) {
            assertThat(readAll(range)).isEqualTo(join(capture(0, 7), records(8, 12)));
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }
}
