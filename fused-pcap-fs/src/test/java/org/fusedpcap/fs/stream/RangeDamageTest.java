package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.RangeFixture.readAll;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.rewrite;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.Permissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges whose files change or cannot be read after they were opened. */
class RangeDamageTest {

    @TempDir Path directory;
    private RangeFixture source;

    @BeforeEach
    void prepare() throws IOException {
        source = new RangeFixture(directory);
        source.write("f1", capture(0, 10));
        source.write("f2", capture(10, 10));
        source.write("f3", capture(20, 10));
        source.write("f4", capture(30, 10));
    }

    private RangeStream open() throws IOException {
        return source.open("f1", "f2", "f3", "f4");
    }

    private byte[] withoutSecond() {
        return join(capture(0, 10), records(20, 20));
    }

    @Test
    void shouldPassOverASegmentDeletedBeforeItWasReached() throws IOException {
        try (RangeStream range = open()) {
            Files.delete(source.path("f2"));

            assertThat(readAll(range, 100)).isEqualTo(withoutSecond());
            assertThat(range.size()).isEqualTo(withoutSecond().length);
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    @Test
    void shouldReadASegmentToItsEndThatIsDeletedMeanwhile() throws IOException {
        try (RangeStream range = open()) {
            StreamReader reader = new StreamReader(range);
            reader.step(1000);
            Files.delete(source.path("f1"));
            Files.delete(source.path("f2"));
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(capture(0, 40));
        }
    }

    @Test
    void shouldPassOverAnotherFileOfThatName() throws IOException {
        try (RangeStream range = open()) {
            Path other = Files.write(source.path("other"), capture(100, 10));
            Files.move(other, source.path("f2"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            assertThat(readAll(range, 100)).isEqualTo(withoutSecond());
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 500})
    void shouldPassOverASegmentWrittenAnewInPlace(int packets) throws IOException {
        try (RangeStream range = open()) {
            rewrite(source.path("f2"), capture(100, packets));

            assertThat(readAll(range, 100)).isEqualTo(withoutSecond());
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 500})
    void shouldPassOverTheLastSegmentWrittenAnewInPlace(int packets) throws IOException {
        try (RangeStream range = open()) {
            rewrite(source.path("f4"), capture(100, packets));

            assertThat(readAll(range, 100)).isEqualTo(capture(0, 30));
        }
    }

    @Test
    void shouldReadTheSegmentBeforeTheLastThoughItsWriterWasLate() throws IOException {
        try (RangeStream range = open()) {
            TestCapture.append(source.path("f3"), records(500, 3));
            TestCapture.append(source.path("f4"), records(600, 3));

            assertThat(readAll(range, 100)).isEqualTo(capture(0, 40));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 24, 25, 100, 101, 300})
    void shouldFinishTheRecordBegunWhenTheSegmentIsOverwritten(int before) throws IOException {
        try (RangeStream range = open()) {
            StreamReader reader = new StreamReader(range);
            reader.step(before);
            rewrite(source.path("f1"), capture(100, 5000));
            reader.drain(100);

            int whole = before <= 24 ? 0 : (before - 24 + 75) / 76;
            assertThat(reader.got()).isEqualTo(join(capture(0, whole), records(10, 30)));
            assertThat(source.events.missedSegments()).isEqualTo(1);
            assertThat(range.size()).isEqualTo(reader.got().length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 24, 25, 100, 101, 300, 783})
    void shouldGoOnWithTheNextSegmentsThoughTheReadThatMeetsTheGapReachesIntoThem(int before)
            throws IOException {
        for (int packets : new int[] {0, 3, 10, 5000}) {
            source.write("f1", capture(0, 10));
            try (RangeStream range = open()) {
                StreamReader reader = new StreamReader(range);
                // The whole segment is known, and more than one of it was not asked for.
                range.available(500);
                if (before > 0) {
                    reader.step(before);
                }
                rewrite(source.path("f1"), capture(100, packets));

                assertThat(reader.drain(100_000)).isEqualTo(ReadResult.Nothing.END);
                int whole = before <= 24 ? 0 : (before - 24 + 75) / 76;
                byte[] rest = before == 0 ? capture(10, 30) : records(10, 30);
                byte[] expected = before == 0 ? rest : join(capture(0, whole), rest);
                assertThat(reader.got()).isEqualTo(expected);
                assertThat(range.size()).isEqualTo(expected.length);
            }
        }
        assertThat(source.events.missedSegments()).isEqualTo(4);
    }

    @Test
    void shouldCountNothingOfASegmentThatIsOverwrittenWhenAllOfItWasRead() throws IOException {
        try (RangeStream range = open()) {
            StreamReader reader = new StreamReader(range);
            reader.step(capture(0, 10).length);
            rewrite(source.path("f1"), capture(100, 3));
            reader.drain(100_000);

            assertThat(reader.got()).isEqualTo(capture(0, 40));
            assertThat(source.events.missedSegments()).isZero();
            assertThat(source.events.missedBytes()).isZero();
        }
    }

    @Test
    void shouldBeginWithAHeaderThoughTheFirstSegmentIsOverwrittenUnread() throws IOException {
        try (RangeStream range = open()) {
            assertThat(range.available(30)).isPositive();
            rewrite(source.path("f1"), capture(100, 5));

            assertThat(readAll(range, 100)).isEqualTo(capture(10, 30));
            assertThat(range.size()).isEqualTo(capture(10, 30).length);
        }
    }

    @Test
    void shouldCountWhatASegmentHasLost() throws IOException {
        byte[] whole = capture(10, 10);
        try (RangeStream range = open()) {
            StreamReader reader = new StreamReader(range);
            reader.step(24 + 10 * 76 + 10);
            try (var file =
                    java.nio.channels.FileChannel.open(
                            source.path("f2"), java.nio.file.StandardOpenOption.WRITE)) {
                file.truncate(whole.length - 1);
            }
            reader.drain(100);

            assertThat(reader.got()).isEqualTo(join(capture(0, 11), records(20, 20)));
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    @Test
    void shouldPassOverWhatIsNoCapture() throws IOException {
        source.write("f2", "some notes on the capture before".getBytes(StandardCharsets.UTF_8));
        try (RangeStream range = open()) {
            assertThat(readAll(range, 100)).isEqualTo(withoutSecond());
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    @Test
    void shouldFailBehindEverythingBeforeASegmentOfAnotherKind() throws IOException {
        source.write("f2", "some notes on the capture before".getBytes(StandardCharsets.UTF_8));
        source.write(
                "f3",
                join(TestCapture.header(ByteOrder.LITTLE_ENDIAN, 0xa1b2cd34, 1), records(0, 3)));
        try (RangeStream range = open()) {
            StreamReader reader = new StreamReader(range);
            ReadResult end = reader.drain(100_000);

            assertThat(reader.got()).isEqualTo(capture(0, 10));
            assertThat(end).isInstanceOf(ReadResult.Failed.class);
            assertThat(range.failure().orElseThrow())
                    .hasMessageContaining("f3 cannot follow f1")
                    .hasMessageContaining("record headers of 24 bytes instead of 16");
            assertThat(source.ends.told).containsExactly("f1 then f3");
            assertThat(range.size()).isEqualTo(capture(0, 10).length);
            assertThat(range.isMeasured()).isTrue();
            assertThat(range.available(10)).isEqualTo(capture(0, 10).length);
            assertThatThrownBy(() -> range.available(5000)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldGiveWhatIsThereBeforeItFailsOnAFileThatCannotBeOpened() throws IOException {
        Path loop = Files.createSymbolicLink(source.path("loop"), source.path("loop"));
        List<RangeSegment> segments = new ArrayList<>(source.segments("f1", "f2", "f3"));
        segments.add(
                1,
                new RangeSegment(
                        loop.getParent(),
                        loop.getFileName().toString(),
                        new FileIdentity(1, 1, 1000, 0),
                        new Permissions(0644, 0, 0)));
        try (RangeStream range = source.open(segments)) {
            StreamReader reader = new StreamReader(range);

            assertThat(reader.drain(100_000)).isInstanceOf(ReadResult.Failed.class);
            assertThat(reader.got()).isEqualTo(capture(0, 10));
            // However often it is tried.
            assertThat(reader.drain(100_000)).isInstanceOf(ReadResult.Failed.class);
            assertThat(source.events.unreadableSegments()).isEqualTo(1);
        }
    }

    @Test
    void shouldFailOnceItIsClosed() throws IOException {
        RangeStream range = open();
        StreamReader reader = new StreamReader(range);
        reader.step(100);
        range.close();
        range.close();

        assertThat(range.read(100, 10)).isInstanceOf(ReadResult.Failed.class);
        assertThat(source.files.openCount()).isZero();
        assertThat(slice(reader.got(), 0, 100)).isEqualTo(slice(capture(0, 10), 0, 100));
    }
}
