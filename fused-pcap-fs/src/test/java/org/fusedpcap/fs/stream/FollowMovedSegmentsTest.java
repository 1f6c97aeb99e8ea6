package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fusedpcap.fs.options.SegmentOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader gets each segment once, however they change their places meanwhile. */
class FollowMovedSegmentsTest {

    private static final long FAR_FUTURE = 4_000_000_000L;
    private static final int PER_SEGMENT = 100;

    @TempDir Path path;
    FollowFixture source;

    @BeforeEach
    void watch() throws IOException {
        source = new FollowFixture(path);
    }

    @AfterEach
    void unwatch() {
        source.close();
        assertThat(source.files.openCount()).isZero();
    }

    /** Three records in each of the files, last written to at these seconds since 1970. */
    private void write(long... seconds) throws IOException {
        for (int i = 0; i < seconds.length; i++) {
            source.write("f" + i, capture(3 * i, 3));
            time("f" + i, seconds[i]);
        }
    }

    private void time(String name, long seconds) throws IOException {
        Files.setLastModifiedTime(source.file(name), FileTime.fromMillis(seconds * 1000));
    }

    private void awaitTold() throws IOException {
        source.series("f0", SegmentOrder.MTIME);
    }

    private FollowStream follow() throws IOException {
        return source.follow("f0", SegmentOrder.MTIME);
    }

    @Test
    void shouldReadWhatComesBehindAStartThatHadNoPacketYet() throws IOException {
        source.write("f0", new byte[0]);
        try (FollowStream stream = source.follow("f0", SegmentOrder.PACKET)) {
            StreamReader reader = new StreamReader(stream);
            for (int i = 0; i < 3; i++) {
                // Whole at once: its place is known from the beginning.
                Path whole = Files.write(path.resolve(".whole"), capture(3 * i, 3));
                if (i == 0) {
                    source.write("f0", Files.readAllBytes(whole));
                } else {
                    Files.move(whole, source.file("f" + i));
                }
                reader.until(capture(0, 3 * i + 3).length);
            }
            assertThat(reader.got()).isEqualTo(capture(0, 9));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldNotReadWhatStandsBeforeAStartThatHadNoPacketYet() throws IOException {
        source.write("f0", capture(0, 3));
        source.write("f1", new byte[0]);
        source.write("f2", new byte[0]);
        try (FollowStream stream = source.follow("f2", SegmentOrder.PACKET)) {
            StreamReader reader = new StreamReader(stream);
            source.write("f1", capture(3, 3));
            source.write("f2", capture(6, 3));
            reader.until(capture(6, 3).length);
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(capture(6, 3));
        }
    }

    @Test
    void shouldReadASegmentOnceThatIsTouchedBehindTheReader() throws IOException {
        write(100, 200, 300);
        try (FollowStream stream = follow()) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            time("f0", 400);
            time("f1", 500);
            awaitTold();
            reader.drain(1000);
            source.write("f3", capture(9, 3));
            reader.until(capture(0, 12).length);
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(capture(0, 12));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldReadWhatComesBehindASegmentThatIsTouchedWhileItIsRead() throws IOException {
        write(100, 200, 300);
        try (FollowStream stream = follow()) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            time("f0", 400);
            awaitTold();
            reader.until(capture(0, 9).length);
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(capture(0, 9));
        }
    }

    @Test
    void shouldReadOnWhenASegmentThatWasReadIsTouchedToTheFuture() throws IOException {
        write(100, 200);
        try (FollowStream stream = follow()) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            time("f1", FAR_FUTURE);
            awaitTold();
            for (int i = 2; i < 6; i++) {
                source.write("f" + i, capture(3 * i, 3));
                reader.until(capture(0, 3 * i + 3).length);
            }
            assertThat(reader.got()).isEqualTo(capture(0, 18));
            Files.delete(source.file("f1"));
            awaitTold();
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldReadAnUnreadSegmentAtThePlaceItIsTouchedTo() throws IOException {
        write(100, 200, 300, 400);
        try (FollowStream stream = follow()) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            time("f1", 350);
            awaitTold();
            byte[] expected = join(capture(0, 3), records(6, 3), records(3, 3), records(9, 3));
            reader.until(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldCountASegmentOnceThatIsTouchedToWhereTheReaderIsPast() throws IOException {
        write(100, 200, 300, 400);
        try (FollowStream stream = follow()) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            // The next one, which is held open already, and one behind it.
            time("f1", 50);
            time("f2", 60);
            awaitTold();
            assertThat(source.events.missedSegments()).isEqualTo(2);
            time("f1", 500);
            Files.delete(source.file("f2"));
            awaitTold();
            byte[] expected = join(capture(0, 3), records(9, 3));
            reader.until(expected.length);
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(expected);
            assertThat(source.events.missedSegments()).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepTheOrderWhenTheModeOfASegmentChangesThatHasGrown() throws IOException {
        write(100, 200, 300);
        try (FollowStream stream = follow()) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            source.append("f1", records(100, 1));
            Files.setPosixFilePermissions(
                    source.file("f1"), PosixFilePermissions.fromString("r--r-----"));
            awaitTold();
            byte[] expected = join(capture(0, 6), records(100, 1), records(6, 3));
            reader.until(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
        }
    }

    /** The place of a segment that has no packet yet is known when it has one. */
    @Test
    void shouldReadASegmentOnceThatGetsItsPlaceWhileItIsRead() throws IOException {
        source.write("f0", capture(0, 3));
        source.write("f1", new byte[0]);
        source.write("f2", capture(200, 3));
        try (FollowStream stream = source.follow("f0", SegmentOrder.PACKET)) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            source.append("f1", capture(100, 3));
            byte[] expected = join(capture(0, 3), records(200, 3), records(100, 3));
            reader.until(expected.length);
            for (int i = 3; i < 6; i++) {
                source.write("f" + i, new byte[0]);
                reader.drain(1000);
                source.append("f" + i, capture(100 * i, 3));
                expected = join(expected, records(100 * i, 3));
                reader.until(expected.length);
            }
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(expected);
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldReadOrCountEachSegmentOnceWhateverIsTouched() throws IOException {
        long seed = System.nanoTime();
        System.out.println("FollowMovedSegmentsTest, seed " + seed);
        Random random = new Random(seed);
        int segments = 1;
        source.write("f0", capture(0, 3));
        time("f0", 1);
        try (FollowStream stream = follow()) {
            StreamReader reader = new StreamReader(stream);
            reader.step(10);
            for (int i = 0; i < 300; i++) {
                switch (random.nextInt(3)) {
                    case 0 -> {
                        Path fresh = source.file(".f" + segments);
                        Files.write(fresh, capture(PER_SEGMENT * segments, 3));
                        Files.setLastModifiedTime(fresh, FileTime.fromMillis(random.nextInt(1000)));
                        Files.move(fresh, source.file("f" + segments));
                        segments++;
                    }
                    case 1 ->
                            Files.setLastModifiedTime(
                                    source.file("f" + random.nextInt(segments)),
                                    FileTime.fromMillis(random.nextInt(1000)));
                    default -> reader.step(1 + random.nextInt(500));
                }
            }
            awaitTold();
            reader.drain(1000);

            List<Integer> read = segmentsIn(reader.got());
            assertThat(read).doesNotHaveDuplicates();
            assertThat(source.events.missedSegments()).isEqualTo(segments - read.size());
        }
    }

    /** The numbers of the segments that the records are from; all of each must be there. */
    private static List<Integer> segmentsIn(byte[] got) {
        ByteBuffer bytes = ByteBuffer.wrap(got).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> segments = new ArrayList<>();
        int last = -1;
        for (int at = 24; at < got.length; at += 76) {
            int number = bytes.getInt(at) - 1_700_000_000;
            if (number % PER_SEGMENT == 0) {
                segments.add(number / PER_SEGMENT);
            } else {
                assertThat(number).isEqualTo(last + 1);
            }
            last = number;
        }
        return segments;
    }
}
