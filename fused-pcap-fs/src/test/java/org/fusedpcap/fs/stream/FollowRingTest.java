package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.StreamReader.bytes;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings that are written anew in place under their reader, as {@code tcpdump -W} does. */
class FollowRingTest {

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

    /** 24 bytes of header, records of 76: every kind of place an answer can end in. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 24, 25, 40, 99, 100, 101, 175, 176, 251})
    void shouldFinishTheRecordBegunAndGoOnWithTheOldestNotYetRead(int before) throws IOException {
        source.write("f0", capture(0, 30));
        source.write("f1", capture(30, 2));
        source.write("f2", capture(32, 2));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(before);
            source.rewrite("f0", capture(100, 5));
            int whole = before <= 24 ? 0 : (before - 24 + 75) / 76;

            byte[] expected = join(capture(0, whole), records(30, 4), records(100, 5));
            reader.until(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    /** Longer than it was: its length does not tell. */
    @ParameterizedTest
    @ValueSource(ints = {1, 24, 25, 100, 101, 251})
    void shouldSeeThatAFileIsAnotherThoughItIsLonger(int before) throws IOException {
        source.write("f0", capture(0, 3));
        source.write("f1", capture(3, 2));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(before);
            source.rewrite("f0", capture(100, 5000));
            int whole = before <= 24 ? 0 : (before - 24 + 75) / 76;
            byte[] expected = join(capture(0, whole), records(3, 2));
            reader.until(expected.length);

            assertThat(reader.got()).startsWith(expected);
            assertThat(TestCapture.wholeLength(reader.got())).isEqualTo(reader.got().length);
        }
    }

    @Test
    void shouldStillBeginWithAHeaderWhenTheFirstSegmentIsOverwrittenUnread() throws IOException {
        source.write("f0", capture(0, 30));
        source.write("f1", capture(3, 2));
        try (FollowStream stream = source.follow("f0")) {
            assertThat(stream.available(50)).isPositive();
            source.rewrite("f0", capture(100, 1));
            StreamReader reader = new StreamReader(stream);
            byte[] expected = join(capture(3, 2), records(100, 1));
            reader.until(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
        }
    }

    @Test
    void shouldNotGoBackWhenAnEarlierPlaceWasReadAgain() throws IOException {
        source.write("f0", capture(0, 30));
        source.write("f1", capture(30, 2));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(24 + 76 * 10 + 5);
            StreamReader.bytes(stream.read(0, 10));
            source.rewrite("f0", capture(100, 5));
            byte[] expected = join(capture(0, 11), records(30, 2), records(100, 5));
            reader.until(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
        }
    }

    @Test
    void shouldNeverGiveWhatIsInASettledFileNow() throws IOException {
        source.write("f0", capture(0, 300));
        source.write("f1", capture(300, 2));
        try (FollowStream stream = source.follow("f0")) {
            new StreamReader(stream).drain(4096);
            source.rewrite("f0", capture(1000, 400));

            assertThat(stream.read(24 + 76, 76)).isInstanceOf(ReadResult.Failed.class);
            assertThat(stream.read(24 + 76, 20_000)).isInstanceOf(ReadResult.Failed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGiveThePageCacheAgainWhatItGotLast(boolean deleted) throws IOException {
        byte[] old = capture(0, 3000);
        source.write("f0", old);
        source.write("f1", capture(3000, 2000));
        try (FollowStream stream = source.follow("f0")) {
            assertThat(bytes(stream.readFully(0, 120_000))).isEqualTo(slice(old, 0, 120_000));
            int end = deleted ? old.length : 200_000;
            assertThat(bytes(stream.readFully(120_000, end - 120_000)))
                    .isEqualTo(slice(old, 120_000, end));
            take("f0", deleted, stream);

            assertThat(bytes(stream.readFully(81_920, 4096))).isEqualTo(slice(old, 81_920, 86_016));
            int whole = deleted ? 3000 : (end - 24 + 75) / 76;
            byte[] now = join(slice(old, 0, 24 + whole * 76), records(3000, 2000));
            assertThat(bytes(stream.readFully(196_608, 120_000)))
                    .isEqualTo(slice(now, 196_608, 316_608));
            assertThat(bytes(stream.readFully(end - 1, 2))).isEqualTo(slice(now, end - 1, end + 1));
        }
    }

    /** The kernel makes several requests at a time, and they are answered in any order. */
    @Test
    void shouldKeepWhatIsAskedForTogetherWithSomethingBehindIt() throws IOException {
        byte[] old = capture(0, 3000);
        source.write("f0", old);
        try (FollowStream stream = source.follow("f0")) {
            assertThat(bytes(stream.readFully(0, 4096))).isEqualTo(slice(old, 0, 4096));
            assertThat(bytes(stream.readFully(20_480, 4096))).isEqualTo(slice(old, 20_480, 24_576));
            source.rewrite("f0", capture(9000, 1));

            assertThat(bytes(stream.readFully(4096, 16_384))).isEqualTo(slice(old, 4096, 20_480));
        }
    }

    private void take(String name, boolean deleted, FollowStream from) throws IOException {
        if (deleted) {
            // Once the stream has gone on, nobody holds it.
            assertThat(from.available(Long.MAX_VALUE)).isPositive();
            Files.delete(source.file(name));
        } else {
            source.rewrite(name, capture(9000, 1));
        }
    }

    @Test
    void shouldPutLaterPacketsWhereThoseWereThatAreOverwritten() throws IOException {
        byte[] old = capture(0, 300);
        source.write("f0", old);
        source.write("f1", capture(300, 10));
        try (FollowStream stream = source.follow("f0")) {
            assertThat(stream.available(old.length)).isEqualTo(old.length);
            assertThat(bytes(stream.readFully(0, 4096))).isEqualTo(slice(old, 0, 4096));
            source.rewriteAndTell("f0", capture(1000, 50));
            int cut = 24 + (4096 - 24 + 75) / 76 * 76;
            byte[] now = join(slice(old, 0, cut), records(300, 10), records(1000, 100));

            assertThat(stream.readFully(4096, old.length - 4096))
                    .isEqualTo(ReadResult.Nothing.NOT_YET);
            assertThat(bytes(stream.readFully(4096, 4096))).isEqualTo(slice(now, 4096, 8192));
            assertThat(stream.readFully(8192, 4096)).isEqualTo(ReadResult.Nothing.NOT_YET);
            source.append("f0", records(1050, 50));
            assertThat(bytes(stream.readFully(8192, 4096))).isEqualTo(slice(now, 8192, 12_288));
        }
        assertThat(source.events.missedSegments()).isEqualTo(1);
    }

    @Test
    void shouldTellThePageCacheOfAnEndBeforeAllThatItAskedFor() throws IOException {
        source.write("f0", capture(0, 30));
        source.write("f1", capture(100, 5));
        source.ends.set(segment -> true);
        try (FollowStream stream = source.follow("f0")) {
            assertThat(stream.readFully(0, 2048)).isInstanceOf(ReadResult.Data.class);
            assertThat(stream.readFully(2048, 2048)).isEqualTo(ReadResult.Nothing.END);
        }
        try (FollowStream stream = source.follow("f1")) {
            assertThat(stream.readFully(0, 4096)).isEqualTo(ReadResult.Nothing.END);
            assertThat(bytes(stream.read(0, 4096))).isEqualTo(capture(100, 5));
        }
    }

    @Test
    void shouldNotCountAsReadWhatThePageCacheWasRefused() throws IOException {
        source.write("f0", capture(0, 30));
        source.write("f1", capture(30, 2));
        try (FollowStream stream = source.follow("f0")) {
            assertThat(stream.readFully(0, 8192)).isEqualTo(ReadResult.Nothing.NOT_YET);
            source.rewrite("f1", capture(50, 2));
            byte[] expected = join(capture(0, 30), records(50, 2));

            assertThat(bytes(stream.readFully(0, expected.length))).isEqualTo(expected);
        }
    }

    @Test
    void shouldReadANewestSegmentThatBeginsAnewOnce() throws IOException {
        source.write("f0", capture(0, 1));
        source.write("f1", capture(0, 0));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            assertThat(stream.segment()).isEqualTo("f1");
            source.rewriteAndTell("f1", new byte[0]);
            source.append("f1", capture(1, 3));
            reader.until(capture(0, 4).length);
            source.write("f2", capture(4, 1));
            reader.until(capture(0, 5).length);

            assertThat(reader.got()).isEqualTo(capture(0, 5));
        }
    }

    @Test
    void shouldReadASegmentOnceThatWasWrittenAnewBeforeItWasReached() throws IOException {
        source.write("f0", capture(0, 3));
        source.write("f1", capture(3, 3));
        source.write("f2", capture(6, 3));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(50);
            source.rewriteAndTell("f1", capture(100, 3));
            byte[] expected = join(capture(0, 3), records(6, 3), records(100, 3));
            reader.until(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotTakeNewContentForOldThoughTheDirectoryHasNotToldYet() throws IOException {
        for (int round = 0; round < 50; round++) {
            String prefix = "r" + round + "-";
            for (int i = 0; i < 4; i++) {
                source.write(prefix + i, capture(3 * i, 3));
            }
            try (FollowStream stream = source.follow(prefix + 0)) {
                StreamReader reader = new StreamReader(stream);
                reader.step(50);
                source.rewrite(prefix + 2, capture(100, 3));
                byte[] expected = join(capture(0, 6), records(9, 3), records(100, 3));
                reader.until(expected.length);

                assertThat(reader.got()).as(prefix).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldShareNothingWithAReaderOfTheOldContent() throws IOException {
        source.write("f0", capture(0, 300));
        try (FollowStream old = source.follow("f0")) {
            StreamReader before = new StreamReader(old);
            before.step(100);
            source.rewriteAndTell("f0", capture(1000, 400));
            try (FollowStream fresh = source.follow("f0")) {
                StreamReader after = new StreamReader(fresh);
                after.drain(1000);
                assertThat(after.got()).isEqualTo(capture(1000, 400));
                before.until(join(capture(0, 1), records(1000, 400)).length);
                assertThat(before.got()).isEqualTo(join(capture(0, 1), records(1000, 400)));
            }
        }
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldNeverGiveGarbageHoweverTheRingRunsAhead() throws IOException {
        int laps = 40;
        source.write("f0", capture(0, 40));
        source.write("f1", capture(40, 40));
        source.write("f2", capture(80, 40));
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            int written = 120;
            for (int lap = 0; lap < laps; lap++) {
                reader.step(1 + 997 * lap % 5000);
                source.rewriteAndTell("f" + lap % 3, capture(written, 40 + lap % 3));
                written += 100;
            }
            reader.drain(4096);
            byte[] got = reader.got();

            assertThat(TestCapture.wholeLength(got)).isEqualTo(got.length);
            assertNumbersAscend(got, written);
        }
    }

    private static void assertNumbersAscend(byte[] got, int limit) {
        int last = -1;
        int at = 24;
        while (at < got.length) {
            java.nio.ByteBuffer bytes =
                    java.nio.ByteBuffer.wrap(got).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            int number = bytes.getInt(at + 4);
            assertThat(slice(got, at, at + 76)).isEqualTo(records(number, 1));
            assertThat(number).isGreaterThan(last).isLessThan(limit);
            last = number;
            at += 76;
        }
    }
}
