package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.slice;
import static org.fusedpcap.fs.stream.TestCapture.streamOf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.testkit.LiveWriter;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import org.fusedpcap.testkit.writer.CaptureProgram;
import org.fusedpcap.testkit.writer.FlushPolicy;
import org.fusedpcap.testkit.writer.RollOver;
import org.fusedpcap.testkit.writer.WriterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to a reader when its segment is full and the next one begins. */
class FollowRollOverTest {

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
    void shouldWaitForAWriterThatClosesItsFileAfterOpeningTheNext() throws IOException {
        byte[] first = capture(0, 10);
        source.write("f1", slice(first, 0, 300));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            try (FileChannel late =
                    FileChannel.open(source.file("f1"), StandardOpenOption.APPEND)) {
                source.write("f2", capture(10, 5));
                assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
                late.write(ByteBuffer.wrap(slice(first, 300, first.length)));
                reader.until(first.length);
            }
            reader.until(capture(0, 15).length);

            assertThat(reader.got()).isEqualTo(capture(0, 15));
            assertThat(source.events.tornSegments()).isZero();
        }
    }

    @Test
    void shouldGoOnInTheEndWhenAProcessNeverClosesTheFile() throws IOException {
        source.write("f1", capture(0, 3));
        try (FollowStream stream = source.follow("f1");
                FileChannel forgotten =
                        FileChannel.open(source.file("f1"), StandardOpenOption.APPEND)) {
            StreamReader reader = new StreamReader(stream);
            source.write("f2", capture(3, 3));
            reader.until(capture(0, 6).length);

            assertThat(reader.got()).isEqualTo(capture(0, 6));
            assertThat(forgotten.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CaptureProgram.class,
            names = {"GULP", "TCPDUMP_C", "STENOGRAPHER"})
    void shouldLoseAndDoubleNothingOverManyRollOvers(CaptureProgram program) throws Exception {
        WriterSpec spec =
                WriterSpec.of(program)
                        .with(RollOver.bytes(20_000))
                        .with(FlushPolicy.BUFFER)
                        .with(org.fusedpcap.testkit.writer.CaptureFormat.PCAP);
        try (LiveWriter writer =
                LiveWriter.start(path, spec, TrafficSpec.ofSeed(program.ordinal() + 1), 4000)) {
            FollowFixture.await().until(() -> writer.files().size() >= 2);
            List<CompletableFuture<byte[]>> readers = new ArrayList<>();
            Path first = writer.files().get(0);
            for (int length : new int[] {1000, 4096, 128 * 1024}) {
                readers.add(follow(first, length));
            }
            FollowFixture.await().until(() -> writer.files().size() >= 40);
            writer.stop();
            Path last = writer.files().get(writer.files().size() - 1);
            source.ends.set(segment -> segment.equals(last.getFileName().toString()));
            wake.forEach(FollowStream::wake);

            byte[] expected = streamOf(writer.files().toArray(new Path[0]));
            for (CompletableFuture<byte[]> reader : readers) {
                assertSame(reader.get(180, TimeUnit.SECONDS), expected, writer.files());
            }
        }
        assertThat(source.events.missedSegments()).isZero();
        assertThat(source.events.tornSegments()).isZero();
        assertThat(source.files.openCount()).isZero();
    }

    private static void assertSame(byte[] got, byte[] expected, List<Path> files)
            throws IOException {
        int differs = java.util.Arrays.mismatch(got, expected);
        if (differs >= 0) {
            int end = 24;
            StringBuilder where = new StringBuilder();
            for (Path file : files) {
                byte[] content = Files.readAllBytes(file);
                int length = TestCapture.wholeLength(content) - 24;
                where.append(file.getFileName()).append(' ').append(end).append('+');
                where.append(length).append(" of ").append(content.length - 24).append("; ");
                end += Math.max(0, length);
            }
            throw new AssertionError(
                    got.length
                            + " bytes instead of "
                            + expected.length
                            + ", the first other one at "
                            + differs
                            + " of "
                            + where);
        }
    }

    private final List<FollowStream> wake = new ArrayList<>();

    /** Reads to the end on a thread of its own, woken by the stream alone. */
    private CompletableFuture<byte[]> follow(Path first, int length) throws IOException {
        FollowStream stream = source.follow(first.getFileName().toString());
        wake.add(stream);
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        StreamReader reader = new StreamReader(stream);
                        ReadResult end = reader.toTheEnd(length);
                        assertThat(end).isEqualTo(ReadResult.Nothing.END);
                        return reader.got();
                    }
                });
    }

    @Test
    void shouldHoldTheNextSegmentWhileItReadsThisOne() throws IOException {
        source.write("f1", capture(0, 3));
        source.write("f2", capture(3, 3));
        source.write("f3", capture(6, 3));
        source.write("f4", capture(9, 3));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(30);

            Files.delete(source.file("f1"));
            Files.delete(source.file("f2"));
            Files.delete(source.file("f3"));
            FollowFixture.await().until(() -> source.events.missedSegments() == 1);
            reader.drain(1000);

            assertThat(reader.got()).isEqualTo(join(capture(0, 6), records(9, 3)));
            assertThat(source.events.missedSegments()).isEqualTo(1);
            assertThat(source.files.openCount()).isEqualTo(1);
        }
    }

    @Test
    void shouldPromiseNothingBehindASegmentOfWhichNobodyHasGotAll() throws IOException {
        source.write("f1", capture(0, 3));
        source.write("f2", capture(3, 3));
        source.write("f3", capture(6, 3));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            assertThat(stream.available(1 << 24)).isEqualTo(capture(0, 3).length);
            Files.delete(source.file("f1"));
            Files.delete(source.file("f2"));
            while (reader.got().length < stream.available(1 << 24)) {
                reader.step(50);
            }

            assertThat(reader.got()).isEqualTo(capture(0, 9));
        }
    }

    @Test
    void shouldHoldTwoFilesOnly() throws IOException {
        for (int i = 1; i <= 9; i++) {
            source.write("f" + i, capture(i, 1));
        }
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            for (int i = 0; i < 30; i++) {
                reader.step(20);
                assertThat(source.files.openCount()).isLessThanOrEqualTo(2);
            }
        }
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldCountEachDeletedSegmentOnceAndGoOn() throws IOException {
        source.write("f1", capture(0, 3));
        for (int i = 2; i <= 20; i++) {
            source.write("f" + i, capture(i * 10, 1));
        }
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(30);
            for (int i = 3; i <= 19; i++) {
                Files.delete(source.file("f" + i));
            }
            reader.until(join(capture(0, 3), records(20, 1), records(200, 1)).length);

            assertThat(reader.got())
                    .isEqualTo(join(capture(0, 3), records(20, 1), records(200, 1)));
            FollowFixture.await().until(() -> source.events.missedSegments() >= 17);
            assertThat(source.events.missedSegments()).isEqualTo(17);
        }
    }

    @Test
    void shouldFailOnSettledBytesWhoseFileIsGone() throws IOException {
        source.write("f1", capture(0, 3));
        source.write("f2", capture(3, 3));
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.drain(1000);
            Files.delete(source.file("f1"));

            assertThat(stream.read(0, 100)).isInstanceOf(ReadResult.Failed.class);
            assertThat(StreamReader.bytes(stream.read(24 + 3 * 76, 76))).isEqualTo(records(3, 1));
        }
    }
}
