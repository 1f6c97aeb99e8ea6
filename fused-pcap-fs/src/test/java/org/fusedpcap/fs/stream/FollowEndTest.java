package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a followed stream ends. */
class FollowEndTest {

    private static final byte[] NO_CAPTURE =
            "no capture at all, but long".getBytes(StandardCharsets.UTF_8);

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
    void shouldEndBehindTheNamedSegmentAndSayWhatWouldHaveCome() throws IOException {
        source.write("f1", capture(0, 3));
        source.write("f2", capture(3, 3));
        source.write("f3", capture(6, 3));
        source.ends.set("f2"::equals);
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);

            assertThat(reader.drain(100)).isEqualTo(ReadResult.Nothing.END);
            assertThat(reader.got()).isEqualTo(capture(0, 6));
            assertThat(source.ends.told).containsExactly("f2 then f3");
            assertThat(stream.isEnded()).isTrue();
        }
    }

    @Test
    void shouldNameTheNextSegmentThoughItHasOnlyJustAppeared() throws IOException {
        source.write("f1", capture(0, 3));
        AtomicBoolean asked = new AtomicBoolean();
        try (FollowStream stream = source.follow("f1")) {
            // The stream has seen that there is no next one, and asks whether it is to end.
            source.ends.set(
                    segment -> {
                        if (!asked.getAndSet(true)) {
                            write("f2", capture(3, 3));
                        }
                        return segment.equals("f1");
                    });
            StreamReader reader = new StreamReader(stream);

            assertThat(reader.drain(100)).isEqualTo(ReadResult.Nothing.END);
            assertThat(reader.got()).isEqualTo(capture(0, 3));
            assertThat(source.ends.told).containsExactly("f1 then f2");
        }
    }

    private void write(String name, byte[] bytes) {
        try {
            source.write(name, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldStayEndedWhenTheEndIsTakenBack() throws IOException {
        source.write("f1", capture(0, 3));
        source.ends.set(any -> true);
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            assertThat(reader.drain(100)).isEqualTo(ReadResult.Nothing.END);
            source.ends.set(any -> false);
            source.append("f1", records(3, 3));
            source.write("f2", capture(6, 3));

            assertThat(reader.drain(100)).isEqualTo(ReadResult.Nothing.END);
            assertThat(source.ends.told).containsExactly("f1 then nothing");
            assertThat(stream.read(capture(0, 3).length + 1, 10))
                    .isEqualTo(ReadResult.Nothing.BEYOND);
        }
    }

    @Test
    void shouldNotEndInASegmentThatIsStillWritten() throws Exception {
        source.write("f1", capture(0, 3));
        source.ends.set(any -> true);
        try (FollowStream stream = source.follow("f1")) {
            CompletableFuture<ReadResult> end;
            StreamReader reader = new StreamReader(stream);
            try (FileChannel writer =
                    FileChannel.open(source.file("f1"), StandardOpenOption.APPEND)) {
                assertThat(reader.drain(100)).isEqualTo(ReadResult.Nothing.NOT_YET);
                source.append("f1", records(3, 1));
                assertThat(writer.isOpen()).isTrue();
                assertThat(reader.drain(100)).isEqualTo(ReadResult.Nothing.NOT_YET);
                end = CompletableFuture.supplyAsync(() -> reader.until(Long.MAX_VALUE));
            }

            assertThat(end.get(180, TimeUnit.SECONDS)).isEqualTo(ReadResult.Nothing.END);
            assertThat(reader.got()).isEqualTo(capture(0, 4));
        }
    }

    @Test
    void shouldLookAtTheRuleWhenItIsChangedWhileAReaderWaits() throws Exception {
        source.write("f1", capture(0, 3));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            CompletableFuture<ReadResult> end =
                    CompletableFuture.supplyAsync(() -> reader.toTheEnd(100));
            source.ends.set("f1"::equals);
            stream.wake();

            assertThat(end.get(180, TimeUnit.SECONDS)).isEqualTo(ReadResult.Nothing.END);
            assertThat(reader.got()).isEqualTo(capture(0, 3));
        }
    }

    @Test
    void shouldEndBehindASegmentThatIsPassedOver() throws IOException {
        source.write("f1", capture(0, 1));
        source.write("f2", NO_CAPTURE);
        source.write("f3", capture(1, 1));
        source.ends.set("f2"::equals);
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);

            assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.END);
            assertThat(reader.got()).isEqualTo(capture(0, 1));
            assertThat(source.ends.told).containsExactly("f2 then f3");
        }
    }

    @Test
    void shouldEndBehindTheNewestSegmentAlsoIfThatWasPassedOverBefore() throws IOException {
        source.write("f1", capture(0, 1));
        source.write("f2", NO_CAPTURE);
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
            source.ends.set("f2"::equals);

            assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.END);
            assertThat(reader.got()).isEqualTo(capture(0, 1));
        }
    }

    @Test
    void shouldEndBehindAnEmptySegmentOnceNobodyWritesIt() throws IOException {
        source.write("f1", capture(0, 1));
        source.write("f2", new byte[0]);
        source.ends.set("f2"::equals);
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            try (FileChannel writer =
                    FileChannel.open(source.file("f2"), StandardOpenOption.APPEND)) {
                assertThat(reader.drain(100)).isEqualTo(ReadResult.Nothing.NOT_YET);
                assertThat(writer.isOpen()).isTrue();
            }
            source.write("f3", capture(1, 1));
            reader.until(Long.MAX_VALUE);

            assertThat(reader.got()).isEqualTo(capture(0, 1));
            assertThat(source.ends.told).hasSize(1).allMatch(told -> told.startsWith("f2 then"));
        }
    }
}
