package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.header;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.fusedpcap.fs.series.StartedSeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings that are written anew in place, of which a directory does not tell before it is asked. */
class FollowUntoldRingTest {

    @TempDir Path path;
    ChangesOnRequest changes;
    FollowFixture source;

    @BeforeEach
    void watch() throws IOException {
        changes = new ChangesOnRequest();
        source = new FollowFixture(path, changes);
    }

    @AfterEach
    void unwatch() {
        source.close();
    }

    private void write(int segments) throws IOException {
        for (int i = 0; i < segments; i++) {
            source.write("f" + i, capture(3 * i, 3));
        }
    }

    /** Has come into the first segment, and holds the second. */
    private static StreamReader readerOf(FollowStream stream) {
        StreamReader reader = new StreamReader(stream);
        reader.step(50);
        return reader;
    }

    private static byte[] rest(StreamReader reader) {
        reader.drain(50);
        return reader.got();
    }

    @Test
    void shouldPutNewContentBehindAllOthers() throws IOException {
        write(4);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            source.rewrite("f2", capture(100, 3));

            assertThat(rest(reader)).isEqualTo(join(capture(0, 6), records(9, 3), records(100, 3)));
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    /** Between the step to the next segment and the look at what was read of it much may happen. */
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 1 << 20})
    void shouldHandOutASegmentBeforeTheNextIsAskedAbout(int length) throws IOException {
        write(4);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            changes.atNextRequest(() -> rewrite("f0", capture(100, 3)));

            assertThat(reader.drain(length)).isEqualTo(ReadResult.Nothing.NOT_YET);
            assertThat(reader.got()).isEqualTo(join(capture(0, 12), records(100, 3)));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    private void rewrite(String name, byte[] bytes) {
        try {
            source.rewrite(name, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldTellHowMuchOldContentIsLost() throws IOException {
        write(4);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            source.rewrite("f2", capture(100, 30));

            assertThat(rest(reader))
                    .isEqualTo(join(capture(0, 6), records(9, 3), records(100, 30)));
            assertThat(source.events.missedBytes()).isEqualTo(capture(6, 3).length);
        }
    }

    @Test
    void shouldKeepTheOrderOfAllThatIsNew() throws IOException {
        write(4);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            source.rewrite("f2", capture(100, 3));
            source.rewrite("f3", capture(103, 3));
            source.rewrite("f0", capture(106, 3));

            assertThat(rest(reader)).isEqualTo(join(capture(0, 1), records(3, 3), records(100, 9)));
            assertThat(source.events.missedSegments()).isEqualTo(3);
        }
    }

    @Test
    void shouldBeginBehindAllOthersWhereTheFirstOneIsNewAlready() throws IOException {
        write(4);
        StartedSeries found = source.series("f0");
        source.rewrite("f0", capture(100, 3));
        try (FollowStream stream = source.follow(found)) {
            assertThat(rest(new StreamReader(stream))).isEqualTo(capture(100, 3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 24})
    void shouldCountWhatWasCutAndNotYetWritten(int length) throws IOException {
        write(4);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            source.rewrite("f2", TestCapture.slice(header(), 0, length));
            reader.drain(50);
            source.append("f2", TestCapture.slice(capture(100, 3), length, capture(100, 3).length));
            reader.drain(50);

            byte[] expected = join(capture(0, 6), records(9, 3), records(100, 3));
            assertThat(reader.got()).isEqualTo(expected);
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotEndBeforeTheOthersWhereNewContentIsOfAnotherKind() throws IOException {
        write(4);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            byte[] other = header(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 113);
            source.rewrite("f2", join(other, records(100, 3)));

            assertThat(reader.drain(50)).isInstanceOf(ReadResult.Failed.class);
            assertThat(reader.got()).isEqualTo(join(capture(0, 6), records(9, 3)));
        }
    }

    @Test
    void shouldPutAnotherFileOfThatNameBehindAllOthers() throws IOException {
        write(4);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            source.write("other", capture(100, 3));
            Files.move(
                    source.file("other"), source.file("f2"), StandardCopyOption.REPLACE_EXISTING);

            assertThat(rest(reader)).isEqualTo(join(capture(0, 6), records(9, 3), records(100, 3)));
        }
    }

    @Test
    void shouldPutWhatIsMadeAgainBehindAllOthers() throws IOException {
        write(4);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            Files.delete(source.file("f2"));
            source.write("f2", capture(100, 3));

            assertThat(rest(reader)).isEqualTo(join(capture(0, 6), records(9, 3), records(100, 3)));
        }
    }

    /** The series can take that for one file that grew: it has not seen what was between. */
    @Test
    void shouldReadWhatWasWrittenAnewOnceMoreWhileItWasHeld() throws IOException {
        write(2);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            source.rewrite("f1", header());
            source.series("f1");
            source.append("f1", records(100, 3));
            reader.step(1);
            source.rewrite("f1", capture(200, 9));

            assertThat(rest(reader)).isEqualTo(join(capture(0, 3), records(200, 9)));
        }
    }

    @Test
    void shouldEndWhereWhatWasWrittenAnewIsGone() throws IOException {
        write(2);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            reader.drain(50);
            source.rewrite("f1", capture(200, 9));
            Files.delete(source.file("f1"));
            source.series("f0");
            source.ends.set(segment -> true);

            FollowFixture.await().until(() -> reader.drain(50) == ReadResult.Nothing.END);
            assertThat(reader.got()).isEqualTo(capture(0, 6));
        }
    }

    @Test
    void shouldEndWhereWhatWasHeldIsWrittenAnewAndGone() throws IOException {
        write(2);
        try (FollowStream stream = source.follow("f0")) {
            StreamReader reader = readerOf(stream);
            source.rewrite("f1", capture(200, 9));
            Files.delete(source.file("f1"));
            source.ends.set(segment -> segment.equals("f1"));

            FollowFixture.await().until(() -> reader.drain(50) == ReadResult.Nothing.END);
            assertThat(reader.got()).isEqualTo(capture(0, 3));
        }
    }

    /** All of them were written just now. */
    @Test
    void shouldAskOnceForEachSegmentHoweverOftenIsRead() throws IOException {
        for (int i = 0; i < 4; i++) {
            source.write("f" + i, capture(300 * i, 300));
        }
        try (FollowStream stream = source.follow("f0")) {
            int before = changes.requests();
            StreamReader reader = new StreamReader(stream);
            reader.drain(50);

            assertThat(reader.got()).isEqualTo(capture(0, 1200));
            assertThat(changes.requests() - before).isEqualTo(3);
        }
    }
}
