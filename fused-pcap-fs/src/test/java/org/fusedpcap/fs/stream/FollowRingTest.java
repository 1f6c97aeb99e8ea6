package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
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
