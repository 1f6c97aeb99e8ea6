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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fusedpcap.fs.options.SegmentOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader misses of a ring is counted, in segments and in bytes. */
class FollowGapsTest {

    @TempDir Path path;
    FollowFixture source;

    @BeforeEach
    void watch() throws IOException {
        source = new FollowFixture(path);
    }

    @AfterEach
    void unwatch() {
        source.close();
    }

    private void awaitMissed(long segments, long bytes) {
        FollowFixture.await()
                .untilAsserted(
                        () -> {
                            assertThat(source.events.missedSegments()).isEqualTo(segments);
                            assertThat(source.events.missedBytes()).isEqualTo(bytes);
                        });
    }

    @Test
    void shouldCountWhatIsDeletedAheadOfTheReader() throws IOException {
        for (int i = 0; i < 5; i++) {
            source.write("f" + i, capture(10 * i, 10 + i));
        }
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            Files.delete(source.file("f2"));
            Files.delete(source.file("f3"));
            awaitMissed(2, capture(0, 12).length + capture(0, 13).length);
            byte[] expected = join(capture(0, 10), records(10, 11), records(40, 14));
            reader.until(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
            awaitMissed(2, capture(0, 12).length + capture(0, 13).length);
        }
    }

    @Test
    void shouldCountWhatIsOverwrittenInPlaceAheadOfTheReader() throws IOException {
        for (int i = 0; i < 5; i++) {
            source.write("f" + i, capture(10 * i, 10 + i));
        }
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(24 + 76 * 3);
            for (int i = 0; i < 4; i++) {
                source.rewriteAndTell("f" + i, capture(100 + 10 * i, 5));
            }
            byte[] expected = join(capture(0, 3), records(40, 14));
            for (int i = 0; i < 4; i++) {
                expected = join(expected, records(100 + 10 * i, 5));
            }
            reader.until(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
            long whole = 3 * 24 + (11 + 12 + 13) * 76;
            awaitMissed(4, 7 * 76 + whole);
        }
    }

    @Test
    void shouldReadTheNewestSegmentOnThatIsWrittenAnewWithMoreThanBefore() throws IOException {
        source.write("f0", capture(0, 3));
        source.write("f1", capture(3, 3));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            for (int lap = 1; lap <= 20; lap++) {
                source.rewrite("f1", capture(100 * lap, 3 + lap));
                byte[] expected = join(reader.got(), records(100 * lap, 3 + lap));
                reader.until(expected.length);

                assertThat(reader.got()).isEqualTo(expected);
            }
            source.write("f2", capture(6, 1));
            reader.until(reader.got().length + 76);
            assertThat(reader.got()).endsWith(records(6, 1));
        }
    }

    @Test
    void shouldSayThatASegmentHasAppearedWhereTheReaderIsPast() throws IOException {
        source.write("f.1700000000", capture(0, 3));
        source.write("f.1700000100", capture(3, 3));
        try (FollowStream stream = source.follow("f.1700000000")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            source.write("f.1700000050", capture(6, 3));

            FollowFixture.await()
                    .untilAsserted(() -> assertThat(source.events.missedSegments()).isEqualTo(1));
            source.write("f.1700000200", capture(9, 3));
            reader.until(capture(0, 9).length);
            assertThat(reader.got()).isEqualTo(join(capture(0, 6), records(9, 3)));
        }
    }

    @Test
    void shouldSayThatASegmentHasAppearedBeforeTheOneThatTheReaderBeganWith() throws IOException {
        source.write("f.1700000100", capture(0, 3));
        try (FollowStream stream = source.follow("f.1700000100")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            source.write("f.1700000050", capture(3, 3));
            awaitMissed(1, 0);
            source.write("f.1700000200", capture(6, 3));
            reader.until(capture(0, 6).length);

            assertThat(reader.got()).isEqualTo(join(capture(0, 3), records(6, 3)));
            awaitMissed(1, 0);
        }
    }

    @Test
    void shouldNotCountWhatWasThereBeforeTheReader() throws IOException {
        source.write("f.1700000000", capture(0, 3));
        source.write("f.1700000100", capture(3, 3));
        StreamEvents later = new StreamEvents();
        try (FollowStream stream = source.follow("f.1700000100")) {
            new StreamReader(stream).drain(1000);
            source.write("f.1700000050", capture(6, 3));
            awaitMissed(1, 0);
            try (FollowStream other = source.follow("f.1700000100", SegmentOrder.NAME, later)) {
                StreamReader reader = new StreamReader(other);
                reader.drain(1000);
                source.append("f.1700000050", records(9, 3));
                source.append("f.1700000000", records(12, 3));
                Files.delete(source.file("f.1700000050"));
                source.rewriteAndTell("f.1700000000", capture(15, 3));
                reader.until(capture(0, 6).length);

                assertThat(reader.got()).isEqualTo(join(capture(3, 3), records(15, 3)));
                assertThat(later.missedSegments()).isZero();
            }
        }
    }

    @Test
    void shouldCountASegmentOnceThatAppearsTooLateAndIsDeleted() throws IOException {
        source.write("f.1700000000", capture(0, 3));
        source.write("f.1700000100", capture(3, 3));
        try (FollowStream stream = source.follow("f.1700000000")) {
            new StreamReader(stream).drain(1000);
            source.write("f.1700000050", capture(6, 3));
            source.write("f.1700000060", capture(9, 3));
            awaitMissed(2, 0);
            Files.delete(source.file("f.1700000050"));
            source.rewriteAndTell("f.1700000060", capture(12, 3));
            source.series("f.1700000000");

            awaitMissed(2, 0);
        }
    }

    @Test
    void shouldNotCountASegmentThatAppearsBeforeTheNextOne() throws IOException {
        source.write("f.1700000000", capture(0, 3));
        source.write("f.1700000100", capture(6, 3));
        try (FollowStream stream = source.follow("f.1700000000")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            source.write("f.1700000050", capture(3, 3));
            source.series("f.1700000000");
            reader.until(capture(0, 9).length);

            assertThat(reader.got()).isEqualTo(capture(0, 9));
            awaitMissed(0, 0);
        }
    }

    /** The one that is held open is let go of for the one that has come before it. */
    @Test
    void shouldCountTheNextSegmentThatIsDeletedAfterAnotherHasAppearedBeforeIt()
            throws IOException {
        source.write("f.1700000000", capture(0, 3));
        source.write("f.1700000100", capture(6, 3));
        try (FollowStream stream = source.follow("f.1700000000")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(100);
            source.write("f.1700000050", capture(3, 3));
            Files.delete(source.file("f.1700000100"));
            source.series("f.1700000000");
            reader.until(capture(0, 6).length);

            assertThat(reader.got()).isEqualTo(capture(0, 6));
            awaitMissed(1, capture(6, 3).length);
        }
    }

    @Test
    void shouldReadOrCountEachSegmentOnceWhateverAppearsWhere() throws IOException {
        long seed = System.nanoTime();
        System.out.println("FollowGapsTest, seed " + seed);
        Random random = new Random(seed);
        List<Integer> numbers = IntStream.range(1, 400).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, random);
        numbers.subList(0, 200).sort(Comparator.naturalOrder());
        source.write("f200", capture(200_000, 3));
        try (FollowStream stream = source.follow("f200")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(10);
            for (int number : numbers) {
                if (number != 200) {
                    source.write("f" + number, capture(1000 * number, 3));
                }
                if (random.nextInt(3) == 0) {
                    reader.step(1 + random.nextInt(500));
                }
                if (random.nextInt(5) == 0) {
                    // Of what comes and goes at once, nobody can tell whether it was too late.
                    source.series("f200");
                    Files.deleteIfExists(
                            source.file(
                                    "f"
                                            + (random.nextBoolean()
                                                    ? 1 + random.nextInt(199)
                                                    : 201 + random.nextInt(199))));
                }
            }
            source.series("f200");
            reader.drain(1000);

            assertThat(source.events.missedSegments() + segmentsIn(reader.got())).isEqualTo(399);
        }
    }

    /** Whatever is not read is counted, however often the ring overtakes the reader. */
    @Test
    void shouldAccountForEveryByteOfARingThatOvertakesTheReader() throws IOException {
        long seed = System.nanoTime();
        System.out.println("FollowGapsTest, seed " + seed);
        Random random = new Random(seed);
        int segments = 150;
        int ring = 6;
        source.write("f0", capture(0, 30));
        long written = capture(0, 30).length;
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            for (int i = 1; i < segments; i++) {
                byte[] capture = capture(1000 * i, 5 + random.nextInt(30));
                source.write("f" + i, capture);
                written += capture.length;
                // Of what comes and goes at once, nobody can tell how long it was.
                source.awaitSize("f" + i, capture.length);
                if (i >= ring) {
                    Files.delete(source.file("f" + (i - ring)));
                }
                if (random.nextInt(4) == 0) {
                    reader.step(1 + random.nextInt(20_000));
                }
            }
            source.ends.set(("f" + (segments - 1))::equals);
            reader.toTheEnd(4096);
            int read = segmentsIn(reader.got());
            long missed = written - 24L * (read - 1) - reader.got().length;

            assertThat(read).isBetween(2, segments - 1);
            awaitMissed(segments - read, missed);
        }
    }

    @Test
    void shouldCountSegmentsThatComeAndGoBeforeAnybodyLooks() throws IOException {
        source.write("f0", capture(0, 3));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            for (int i = 1; i <= 200; i++) {
                source.write("f" + i, new byte[0]);
                Files.delete(source.file("f" + i));
            }
            source.write("f201", capture(3, 3));
            reader.until(capture(0, 6).length);

            assertThat(reader.got()).isEqualTo(capture(0, 6));
            FollowFixture.await()
                    .untilAsserted(() -> assertThat(source.events.missedSegments()).isEqualTo(200));
        }
    }

    /** How many segments the records are from; all of each must be there. */
    private static int segmentsIn(byte[] got) {
        ByteBuffer bytes = ByteBuffer.wrap(got).order(ByteOrder.LITTLE_ENDIAN);
        int segments = 0;
        int last = -1;
        for (int at = 24; at < got.length; at += 76) {
            int number = bytes.getInt(at) - 1_700_000_000;
            if (number % 1000 == 0) {
                segments++;
            } else {
                assertThat(number).isEqualTo(last + 1);
            }
            last = number;
        }
        return segments;
    }
}
