package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.RangeFixture.readAll;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.record;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.slice;
import static org.fusedpcap.fs.stream.TestCapture.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of a closed range gets. */
class RangeStreamTest {

    @TempDir Path directory;
    private RangeFixture source;

    @BeforeEach
    void prepare() {
        source = new RangeFixture(directory);
    }

    @Test
    void shouldBeTheFileItselfFromASegmentToItself() throws IOException {
        source.write("f1", capture(0, 100));
        try (RangeStream range = source.open("f1")) {
            assertThat(range.size()).isEqualTo(capture(0, 100).length);
            assertThat(range.isMeasured()).isFalse();
            assertThat(readAll(range, 1000)).isEqualTo(capture(0, 100));
            assertThat(range.size()).isEqualTo(capture(0, 100).length);
            assertThat(range.isMeasured()).isTrue();
            assertThat(range.isEnded()).isTrue();
        }
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldBeOneHeaderAndAllRecordsWithTheSizeSaidAtOpen() throws IOException {
        String[] names = new String[50];
        for (int i = 0; i < 50; i++) {
            names[i] = "f" + i;
            source.write(names[i], capture(i * 10, 10));
        }
        for (int length : new int[] {1, 4096, 128 * 1024 - 1, 128 * 1024, 1 << 20}) {
            try (RangeStream range = source.open(names)) {
                assertThat(range.size()).isEqualTo(capture(0, 500).length);
                assertThat(readAll(range, length)).isEqualTo(capture(0, 500));
                assertThat(range.segment()).isEqualTo("f49");
            }
        }
        assertThat(source.events.missedSegments()).isZero();
    }

    @Test
    void shouldTurnOutSmallerWhereSegmentsAreTornAndKnowItTheNextTime() throws IOException {
        source.write("f1", slice(capture(0, 3), 0, 200));
        source.write("f2", join(capture(3, 2), new byte[1000]));
        source.write("f3", slice(capture(5, 3), 0, 251));
        byte[] whole = join(capture(0, 2), records(3, 2), records(5, 2));
        List<RangeSegment> segments = source.segments("f1", "f2", "f3");
        try (RangeStream range = source.open(segments)) {
            assertThat(range.size()).isEqualTo(200 + 152 + 1000 + 227);
            assertThat(readAll(range, 50)).isEqualTo(whole);
            assertThat(range.size()).isEqualTo(whole.length);
        }
        assertThat(source.events.tornSegments()).isEqualTo(3);
        assertThat(RangeStream.expectedSize(segments, source.files)).isEqualTo(whole.length);
        try (RangeStream again = source.open(segments)) {
            assertThat(again.size()).isEqualTo(whole.length);
        }
    }

    @Test
    void shouldMeasureTheRestOnceThatIsFewSegments() throws IOException {
        String[] names = new String[1002];
        for (int i = 0; i < names.length; i++) {
            names[i] = "f" + i;
            source.write(names[i], capture(i, 1));
        }
        source.write("f1001", join(capture(1001, 1), new byte[5]));
        try (RangeStream range = source.open(names)) {
            long whole = capture(0, 1002).length;
            assertThat(range.sizeNearEnd()).isEqualTo(whole + 5);
            StreamReader reader = new StreamReader(range);
            reader.step(24 + 3 * 76);
            assertThat(range.sizeNearEnd()).isEqualTo(whole);
            reader.drain(1 << 20);
            assertThat(reader.got()).isEqualTo(capture(0, 1002));
        }
    }

    @Test
    void shouldPassSegmentsWithoutRecords() throws IOException {
        source.write("f1", new byte[0]);
        source.write("f2", capture(0, 0));
        source.write("f3", capture(0, 2));
        source.write("f4", new byte[0]);
        source.write("f5", slice(capture(0, 0), 0, 23));
        source.write("f6", capture(2, 1));
        try (RangeStream range = source.open("f1", "f2", "f3", "f4", "f5", "f6")) {
            assertThat(range.size()).isEqualTo(capture(0, 3).length);
            assertThat(readAll(range, 30)).isEqualTo(capture(0, 3));
        }
        assertThat(source.events.missedSegments()).isZero();
    }

    @Test
    void shouldBeEmptyWhereNoSegmentHasAHeader() throws IOException {
        source.write("f1", new byte[0]);
        source.write("f2", new byte[0]);
        try (RangeStream range = source.open("f1", "f2")) {
            assertThat(range.size()).isZero();
            assertThat(range.read(0, 10)).isEqualTo(ReadResult.Nothing.END);
            assertThat(range.read(1, 10)).isEqualTo(ReadResult.Nothing.BEYOND);
        }
        source.write("f1", capture(0, 0));
        try (RangeStream range = source.open("f1")) {
            assertThat(range.size()).isEqualTo(24);
            assertThat(readAll(range, 10)).isEqualTo(capture(0, 0));
        }
    }

    @Test
    void shouldStandAsItStoodAtOpenWhileItsEndGrows() throws IOException {
        byte[] end = capture(10, 8);
        for (int length = 0; length <= 24 + 3 * 76; length += 19) {
            source.write("f1", capture(0, 10));
            source.write("f2", slice(end, 0, length));
            List<RangeSegment> segments = source.segments("f1", "f2");
            TestCapture.append(source.path("f2"), slice(end, length, end.length));
            byte[] expected = stream(List.of(capture(0, 10), slice(end, 0, length)));
            try (RangeStream range = source.open(segments)) {
                assertThat(readAll(range, 333)).isEqualTo(expected);
                assertThat(range.size()).isEqualTo(expected.length);
            }
        }
        assertThat(source.events.missedSegments()).isZero();
    }

    @Test
    void shouldRefuseToOpenWithoutItsFirstOrLastSegment() throws IOException {
        source.write("f1", capture(0, 1));
        source.write("f2", capture(1, 1));
        source.write("f3", "not a capture, but a long text".getBytes(StandardCharsets.UTF_8));
        List<RangeSegment> segments = source.segments("f1", "f2");
        java.nio.file.Files.delete(source.path("f2"));

        assertThatThrownBy(() -> source.open(segments)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> source.open("f3", "f1"))
                .isInstanceOf(InvalidCaptureException.class);
        assertThatThrownBy(() -> source.open("f1", "f3"))
                .isInstanceOf(InvalidCaptureException.class);
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldGiveTheSameBytesAtRandomPlacesToManyThreads() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<byte[]> contents = new ArrayList<>();
        String[] names = new String[30];
        for (int i = 0; i < names.length; i++) {
            names[i] = "f" + i;
            byte[] content = randomContent(random, i);
            contents.add(content);
            source.write(names[i], content);
        }
        byte[] expected = stream(contents);
        try (RangeStream range = source.open(names)) {
            List<CompletableFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                long own = random.nextLong();
                readers.add(
                        CompletableFuture.runAsync(
                                () -> readAtRandom(range, expected, new Random(own))));
            }
            for (CompletableFuture<Void> reader : readers) {
                reader.get(180, java.util.concurrent.TimeUnit.SECONDS);
            }
            assertThat(range.available(Long.MAX_VALUE)).isLessThanOrEqualTo(expected.length);
            assertThat(readAll(range, 128 * 1024)).isEqualTo(expected);
        }
        assertThat(source.files.openCount()).isZero();
    }

    private static byte[] randomContent(Random random, int segment) {
        if (segment > 0 && random.nextInt(8) == 0) {
            return new byte[0];
        }
        byte[] content = capture(0, 0);
        int records = random.nextInt(60);
        for (int i = 0; i < records; i++) {
            content = join(content, record(segment * 100 + i, random.nextInt(3000)));
        }
        boolean torn = records > 0 && random.nextInt(3) == 0;
        return torn ? slice(content, 0, content.length - 1 - random.nextInt(15)) : content;
    }

    private static void readAtRandom(RangeStream range, byte[] expected, Random random) {
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(expected.length);
            int length = 1 + random.nextInt(random.nextBoolean() ? 200 : 128 * 1024);
            int to = Math.min(expected.length, from + length);
            byte[] got = new byte[0];
            while (got.length < to - from) {
                // On a busy machine a look may be broken off: it has found a part, or nothing yet.
                ReadResult result = range.read(from + got.length, to - from - got.length);
                if (result != ReadResult.Nothing.NOT_YET) {
                    got = join(got, StreamReader.bytes(result));
                }
            }
            assertThat(got).isEqualTo(slice(expected, from, to));
        }
    }
}
