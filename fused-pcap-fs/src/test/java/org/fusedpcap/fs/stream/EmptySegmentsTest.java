package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.FollowFixture.await;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.header;
import static org.fusedpcap.fs.stream.TestCapture.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many segments without a record in a row: nobody passes them in one go. */
class EmptySegmentsTest {

    private static final int MANY = 400;
    private static final int SOON = 100;
    private static final String LAST = "f" + MANY;

    @TempDir Path path;
    private final byte[] expected = capture(0, 20);

    @BeforeEach
    void write() throws IOException {
        Files.write(path.resolve("f0"), capture(0, 10));
        for (int i = 1; i < MANY; i++) {
            Files.write(path.resolve("f" + i), header());
        }
        Files.write(path.resolve(LAST), TestCapture.join(header(), records(10, 10)));
    }

    private FollowFixture follow;

    private FollowFixture follow() throws IOException {
        follow = new FollowFixture(path);
        return follow;
    }

    @AfterEach
    void close() {
        if (follow != null) {
            await().until(() -> follow.files.openCount() == 0);
            follow.close();
        }
    }

    private static int number(CaptureStream stream) {
        return Integer.parseInt(stream.segment().substring(1));
    }

    @Test
    void shouldGiveWhatThereIsBeforeAllAreFollowed() throws IOException {
        try (FollowStream stream = follow().follow("f0")) {
            assertThat(StreamReader.bytes(stream.read(0, 64 * 1024))).isEqualTo(capture(0, 10));
            assertThat(number(stream)).isLessThan(SOON);
        }
    }

    @Test
    void shouldWakeWhoFindsNothingSoThatHeLooksAgain() throws IOException {
        try (FollowStream stream = follow().follow("f1")) {
            AtomicInteger woken = new AtomicInteger();
            stream.addWaker(woken::incrementAndGet);
            stream.read(0, 24);
            int rounds = 0;
            while (stream.read(24, 1000) == ReadResult.Nothing.NOT_YET) {
                rounds++;
                assertThat(number(stream)).isLessThanOrEqualTo((rounds + 2) * SOON);
                assertThat(woken.get()).isGreaterThanOrEqualTo(rounds);
            }
            assertThat(rounds).isGreaterThanOrEqualTo(MANY / SOON - 1);
        }
    }

    @Test
    void shouldPassAllForReadersWhoAreWokenAlone() throws IOException {
        try (FollowStream stream = follow().follow("f0")) {
            follow.ends.set(LAST::equals);
            StreamReader reader = new StreamReader(stream);
            assertThat(reader.toTheEnd(64 * 1024)).isEqualTo(ReadResult.Nothing.END);
            assertThat(reader.got()).isEqualTo(expected);
        }
    }

    @Test
    void shouldNotSayThatAPlaceBehindThemIsBeyondTheEnd() throws IOException {
        try (FollowStream stream = follow().follow("f0")) {
            ReadResult result = stream.read(expected.length - 76, 100);
            while (result == ReadResult.Nothing.NOT_YET) {
                result = stream.read(expected.length - 76, 100);
            }
            assertThat(StreamReader.bytes(result)).isEqualTo(records(19, 1));
        }
    }

    @Test
    void shouldTellHowMuchThereIsBehindThemStepByStep() throws IOException {
        try (FollowStream stream = follow().follow("f0")) {
            AtomicInteger woken = new AtomicInteger();
            stream.addWaker(woken::incrementAndGet);
            StreamReader reader = new StreamReader(stream);
            reader.step(capture(0, 10).length);
            int rounds = 0;
            while (stream.available(expected.length) < expected.length) {
                rounds++;
                assertThat(number(stream)).isLessThanOrEqualTo((rounds + 1) * SOON);
                assertThat(woken.get()).isGreaterThanOrEqualTo(rounds);
            }
        }
    }

    private RangeStream range() throws IOException {
        RangeFixture source = new RangeFixture(path);
        return source.open(
                IntStream.rangeClosed(0, MANY).mapToObj(i -> "f" + i).toArray(String[]::new));
    }

    @Test
    void shouldGiveWhatThereIsOfARangeBeforeAllArePassed() throws IOException {
        try (RangeStream range = range()) {
            assertThat(StreamReader.bytes(range.read(0, 64 * 1024))).isEqualTo(capture(0, 10));
            assertThat(number(range)).isLessThan(SOON);
            assertThat(range.mayReach(expected.length)).isTrue();
        }
    }

    @Test
    void shouldComeToAnyPlaceInARangeStepByStep() throws IOException {
        try (RangeStream range = range()) {
            int rounds = 0;
            while (!range.approach(24, expected.length)) {
                rounds++;
                assertThat(number(range)).isLessThanOrEqualTo(rounds * SOON);
            }
            assertThat(rounds).isGreaterThanOrEqualTo(MANY / SOON - 1);
            assertThat(StreamReader.bytes(range.read(0, expected.length))).isEqualTo(expected);
        }
    }

    @Test
    void shouldHoldWhatAReadOfARangeIsToReturn() throws IOException {
        try (RangeStream range = range()) {
            range.read(0, 100);
            Files.delete(path.resolve("f0"));
            while (!range.approach(100, expected.length - 100)) {
                assertThat(range.mayReach(expected.length)).isTrue();
            }
            assertThat(StreamReader.bytes(range.read(100, expected.length)))
                    .isEqualTo(TestCapture.slice(expected, 100, expected.length));
        }
    }
}
