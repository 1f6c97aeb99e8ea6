package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.slice;
import static org.fusedpcap.fs.stream.TestCapture.streamOf;
import static org.fusedpcap.fs.stream.TestCapture.wholeLength;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.linux.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of a growing series gets. */
class FollowStreamTest {

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

    @Test
    void shouldGiveWholeRecordsOnlyWhereverAFlushCutsThem() throws IOException {
        byte[] whole = capture(0, 4);
        source.write("f1", new byte[0]);
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            for (int flushed = 1; flushed <= whole.length; flushed++) {
                source.append("f1", slice(whole, flushed - 1, flushed));

                assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
                int expected = wholeLength(slice(whole, 0, flushed));
                assertThat(reader.got()).isEqualTo(slice(whole, 0, expected));
            }
        }
    }

    @Test
    void shouldGoOnWithEachLaterSegmentBehindItsHeader() throws IOException {
        source.write("f1", capture(0, 3));
        source.write("f2", capture(3, 3));
        source.write("f10", capture(6, 3));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);

            assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
            assertThat(reader.got()).isEqualTo(capture(0, 9));
            assertThat(stream.segment()).isEqualTo("f10");
        }
    }

    /** The next one may take a while to open, and a ring may overwrite this one meanwhile. */
    @Test
    void shouldAnswerWithTheRestOfASegmentBeforeItIsLeft() throws IOException {
        for (int i = 1; i <= 20; i++) {
            source.write("f" + i, capture(i, 1));
        }
        try (FollowStream stream = source.follow("f1")) {
            assertThat(StreamReader.bytes(stream.read(10, 1000)))
                    .isEqualTo(slice(capture(1, 1), 10, 100));
            assertThat(StreamReader.bytes(stream.read(100, 1000)))
                    .isEqualTo(slice(capture(1, 2), 100, 176));
            // Whoever has had them may have them in one piece.
            assertThat(StreamReader.bytes(stream.read(10, 1000)))
                    .startsWith(slice(capture(1, 2), 10, 176));
        }
    }

    @Test
    void shouldSkipOverManySegmentsToWhereAReaderAsks() throws IOException {
        for (int i = 1; i <= 20; i++) {
            source.write("f" + i, capture(i, 1));
        }
        try (FollowStream stream = source.follow("f1")) {
            assertThat(StreamReader.bytes(stream.read(1000, 1000)))
                    .isEqualTo(slice(capture(1, 20), 1000, 24 + 13 * 76));
        }
    }

    @Test
    void shouldDropATornEndAndCountIt() throws IOException {
        byte[] torn = slice(capture(0, 3), 0, capture(0, 3).length - 1);
        source.write("f1", torn);
        source.write("f2", capture(3, 1));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(join(capture(0, 2), records(3, 1)));
            assertThat(source.events.tornSegments()).isEqualTo(1);
            assertThat(source.events.tornBytes()).isEqualTo(75);
        }
    }

    @Test
    void shouldDropWhatMakesNoSenseAndReadTheNextSegment() throws IOException {
        byte[] garbage = new byte[5000];
        java.util.Arrays.fill(garbage, (byte) 0xff);
        source.write("f1", join(capture(0, 2), garbage));
        source.write("f2", join(capture(2, 1), new byte[5000]));
        source.write("f3", capture(3, 1));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(capture(0, 4));
            assertThat(source.events.tornSegments()).isEqualTo(2);
            assertThat(source.events.tornBytes()).isEqualTo(10_000);
        }
    }

    /** A writer that has room allocated ahead shows zeroes where records will be. */
    @Test
    void shouldReadOnWhereZeroesBecomeRecords() throws IOException {
        source.write("f1", join(capture(0, 2), new byte[1000]));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            assertThat(reader.got()).isEqualTo(capture(0, 2));

            source.append("f1", new byte[0]);
            try (var file =
                    java.nio.channels.FileChannel.open(
                            source.file("f1"), java.nio.file.StandardOpenOption.WRITE)) {
                file.write(java.nio.ByteBuffer.wrap(records(2, 3)), capture(0, 2).length);
            }
            reader.until(capture(0, 5).length);

            assertThat(reader.got()).isEqualTo(capture(0, 5));
        }
    }

    @Test
    void shouldWaitForAnEmptySegmentAndPassOverOneThatHasOnlyAHeader() throws IOException {
        source.write("f1", capture(0, 1));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            source.write("f2", new byte[0]);
            reader.until(capture(0, 1).length);
            assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
            FollowFixture.await()
                    .until(() -> reader.drain(99) != null && stream.segment().equals("f2"));

            source.append("f2", capture(1, 1));
            reader.until(capture(0, 2).length);
            source.write("f3", capture(0, 0));
            source.write("f4", slice(capture(0, 0), 0, 10));
            source.write("f5", capture(2, 1));
            reader.until(capture(0, 3).length);

            assertThat(reader.got()).isEqualTo(capture(0, 3));
            assertThat(source.events.missedSegments()).isZero();
        }
    }

    @Test
    void shouldTakeTheHeaderOfTheFirstSegmentThatHasOne() throws IOException {
        source.write("f1", new byte[0]);
        source.write("f2", capture(0, 0));
        source.write("f3", capture(0, 2));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(capture(0, 2));
        }
    }

    @Test
    void shouldPassOverASegmentThatIsNoCapture() throws IOException {
        source.write("f1", capture(0, 1));
        source.write("f2", "no capture at all, but long".getBytes(StandardCharsets.UTF_8));
        source.write("f3", capture(1, 1));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(capture(0, 2));
            assertThat(source.events.missedSegments()).isEqualTo(1);
        }
    }

    @Test
    void shouldFailBehindEverythingBeforeASegmentOfAnotherKind() throws IOException {
        source.write("f1", capture(0, 3));
        source.write("f2", capture(3, 3));
        source.write(
                "f3",
                join(TestCapture.header(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 113), records(6, 1)));
        source.write("f4", capture(7, 1));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);

            ReadResult result = reader.drain(100_000);
            assertThat(reader.got()).isEqualTo(capture(0, 6));
            assertThat(result).isInstanceOf(ReadResult.Failed.class);
            assertThat(((ReadResult.Failed) result).cause())
                    .hasMessageContaining("f3")
                    .hasMessageContaining("f2")
                    .hasMessageContaining("link type 113");
            assertThat(source.ends.told).containsExactly("f2 then f3");
            assertThat(stream.isEnded()).isTrue();
            assertThat(stream.available(capture(0, 6).length)).isEqualTo(capture(0, 6).length);
            assertThatThrownBy(() -> stream.available(capture(0, 6).length + 1))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldReadAgainAtAnyOffsetAndRefuseWhatIsBeyond() throws IOException {
        source.write("f1", capture(0, 3));
        source.write("f2", capture(3, 400));
        source.write("f3", capture(403, 3));
        byte[] all = capture(0, 406);
        try (FollowStream stream = source.follow("f1")) {
            assertThat(stream.read(all.length + 1, 10)).isEqualTo(ReadResult.Nothing.BEYOND);
            assertThat(stream.read(all.length, 10)).isEqualTo(ReadResult.Nothing.NOT_YET);
            for (int from = 0; from < all.length; from += 97) {
                int to = Math.min(all.length, from + 20_000);
                assertThat(StreamReader.bytes(stream.read(from, to - from)))
                        .isEqualTo(slice(all, from, to));
            }
            assertThat(stream.read(Long.MAX_VALUE - 4096, 4096))
                    .isEqualTo(ReadResult.Nothing.BEYOND);
        }
    }

    @Test
    void shouldRefuseToOpenWhatIsNotThereOrNoCapture() throws IOException {
        source.write("f1", capture(0, 1));
        source.write("f2", "this is no capture at all".getBytes(StandardCharsets.UTF_8));
        var first = source.series("f1");
        Files.delete(source.file("f1"));

        assertThatThrownBy(
                        () ->
                                FollowStream.open(
                                        first.series(),
                                        first.first(),
                                        source.files,
                                        User.ROOT,
                                        source.ends,
                                        source.events))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> source.follow("f2")).isInstanceOf(InvalidCaptureException.class);
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldWakeEveryReaderForEachThingThatHappens() throws Exception {
        source.write("f1", capture(0, 1));
        try (FollowStream stream = source.follow("f1")) {
            List<Semaphore> woken = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Semaphore one = new Semaphore(0);
                woken.add(one);
                stream.addWaker(one::release);
            }
            source.append("f1", records(1, 1));
            awaitAll(woken);
            source.write("f2", capture(2, 1));
            awaitAll(woken);
            stream.wake();
            awaitAll(woken);
        }
    }

    private static void awaitAll(List<Semaphore> woken) {
        FollowFixture.await()
                .until(() -> woken.stream().allMatch(one -> one.availablePermits() > 0));
        woken.forEach(Semaphore::drainPermits);
    }

    @Test
    void shouldLetGoOfFilesOnceHoweverOftenItIsClosed() throws IOException {
        source.write("f1", capture(0, 2));
        FollowStream one = source.follow("f1");
        FollowStream other = source.follow("f1");
        StreamReader reader = new StreamReader(other);

        one.close();
        one.close();

        assertThat(reader.drain(50)).isEqualTo(ReadResult.Nothing.NOT_YET);
        assertThat(reader.got()).isEqualTo(streamOf(source.file("f1")));
        assertThat(one.read(0, 10)).isInstanceOf(ReadResult.Failed.class);
        other.close();
        assertThat(source.files.openCount()).isZero();
    }
}
