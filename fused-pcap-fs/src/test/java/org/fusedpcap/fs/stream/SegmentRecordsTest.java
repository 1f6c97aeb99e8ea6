package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.TestCapture.RECORD_HEADER;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.header;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.fusedpcap.cluster.distribute.RecordSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a cluster has to share out when a ring writes anew what it is about to read. */
@Timeout(300)
class SegmentRecordsTest {

    private static final int BLOCK = 128 * 1024;

    /** Records of 76 bytes, so that segments are longer than what is ever copied for safety. */
    private static final int RECORDS = 1000;

    private static final int RECORD = RECORD_HEADER + 60;

    @TempDir Path path;
    private FollowFixture source;
    private RangeFixture ranges;

    @BeforeEach
    void watch() throws IOException {
        source = new FollowFixture(path);
        ranges = new RangeFixture(path);
    }

    @AfterEach
    void unwatch() {
        source.close();
        assertThat(source.files.openCount()).isZero();
        assertThat(ranges.files.openCount()).isZero();
    }

    /** How the files are read. */
    enum Kind {
        FOLLOW,
        RANGE
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldGoOnWithTheNextSegmentWhenTheFirstIsOverwrittenBeforeItIsRead(Kind kind)
            throws IOException {
        write(capture(0, 30), capture(30, 2), capture(32, 2));
        try (SegmentRecords opened = open(kind)) {
            source.rewrite("f0", capture(100, 5));

            assertThat(opened.fileHeader()).isEqualTo(ByteBuffer.wrap(header()));
            assertThat(read(opened)).isEqualTo(records(30, 2));
            assertThat(opened.segment()).isEqualTo("f1");
            assertThat(missed(kind)).isEqualTo(1);
            assertThat(read(opened)).isEqualTo(records(32, 2));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldGoOnWithTheNextSectionsWhenTheFirstAreOverwrittenBeforeTheyAreRead(Kind kind)
            throws IOException {
        byte[] next = TestSections.file(ByteOrder.BIG_ENDIAN, 200, 20);
        byte[] last = TestSections.file(ByteOrder.LITTLE_ENDIAN, 300, 20);
        write(TestSections.file(ByteOrder.LITTLE_ENDIAN, 0, 100), next, last);
        try (SegmentRecords opened = open(kind)) {
            assertThat(opened.linkTypes()).isEqualTo(List.of(1, 101));
            source.rewrite("f0", TestSections.file(ByteOrder.LITTLE_ENDIAN, 1000, 5));

            assertThat(opened.fileHeader().remaining()).isZero();
            assertThat(read(opened)).isEqualTo(next);
            assertThat(missed(kind)).isEqualTo(1);
            assertThat(read(opened)).isEqualTo(last);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldKeepToTheFormThatItHasToldWhenTheFirstSegmentIsOverwritten(Kind kind)
            throws IOException {
        write(
                TestSections.file(ByteOrder.LITTLE_ENDIAN, 0, 100),
                capture(30, 2),
                TestSections.file(ByteOrder.LITTLE_ENDIAN, 300, 20));
        try (SegmentRecords opened = open(kind)) {
            source.rewrite("f0", TestSections.file(ByteOrder.LITTLE_ENDIAN, 1000, 5));

            assertThatThrownBy(() -> read(opened))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("pcap instead of pcapng");
        }
    }

    @Test
    void shouldGiveWhatWasThereWhenASegmentIsOverwrittenAsSoonAsItIsLookedAt() throws IOException {
        write(capture(0, RECORDS), capture(RECORDS, 2), capture(RECORDS + 2, 2));
        Runnable ring = () -> rewrite("f0", new byte[0]);
        try (SegmentRecords opened = open(new Overtaken(source.follow("f0"), ring))) {
            assertThat(read(opened)).isEqualTo(records(0, RECORDS));
            assertThat(read(opened)).isEqualTo(records(RECORDS, 2));
        }
    }

    @Test
    void shouldGiveWholeRecordsAloneWhileARingIsWrittenAllTheTime() throws IOException {
        byte[][] laps = new byte[30][];
        for (int lap = 0; lap < laps.length; lap++) {
            laps[lap] = capture(RECORDS * lap, RECORDS);
        }
        write(laps[0], laps[1], laps[2]);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try (SegmentRecords opened = open(source.follow("f0"))) {
            got.writeBytes(read(opened));
            CompletableFuture<Void> ring =
                    CompletableFuture.runAsync(
                            () -> {
                                for (int lap = 3; lap < 3000; lap++) {
                                    rewrite("f" + lap % 3, laps[lap % laps.length]);
                                }
                            });
            byte[] last = {};
            while (!ring.isDone() || last.length > 0) {
                last = read(opened);
                got.writeBytes(last);
            }
            ring.join();
        }
        assertWhole(got.toByteArray(), laps);
    }

    private static void assertWhole(byte[] got, byte[][] laps) {
        ByteBuffer numbers = ByteBuffer.wrap(got).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(got.length % RECORD).isZero();
        for (int at = 0; at < got.length; at += RECORD) {
            int number = numbers.getInt(at) - 1_700_000_000;
            int from = 24 + number % RECORDS * RECORD;
            byte[] written = slice(laps[number / RECORDS], from, from + RECORD);
            assertThat(slice(got, at, at + RECORD)).isEqualTo(written);
        }
    }

    private void write(byte[]... files) throws IOException {
        for (int i = 0; i < files.length; i++) {
            source.write("f" + i, files[i]);
        }
    }

    private void rewrite(String name, byte[] bytes) {
        try {
            source.rewrite(name, bytes);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private SegmentRecords open(Kind kind) throws IOException {
        SegmentStream stream =
                kind == Kind.FOLLOW ? source.follow("f0") : ranges.open("f0", "f1", "f2");
        return open(stream);
    }

    private long missed(Kind kind) {
        return (kind == Kind.FOLLOW ? source.events : ranges.events).missedSegments();
    }

    private SegmentRecords open(SegmentStream stream) throws IOException {
        return new SegmentRecords(stream, new MovableEnd(source.ends), "f0", () -> {});
    }

    /** One read into a block. */
    private static byte[] read(RecordSource records) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        int length = Math.max(0, records.read(block));
        byte[] bytes = new byte[length];
        block.flip().get(bytes);
        return Arrays.copyOf(bytes, length);
    }

    /** A stream behind which the ring is written on after each of its answers. */
    private record Overtaken(SegmentStream stream, Runnable ring) implements SegmentStream {

        @Override
        public SegmentSlice begin(ByteBuffer dst) {
            return stream.begin(dst);
        }

        @Override
        public SegmentSlice readSegment(long streamOffset, ByteBuffer dst) {
            SegmentSlice slice = stream.readSegment(streamOffset, dst);
            ring.run();
            return slice;
        }

        @Override
        public Optional<String> nextSegment() {
            return stream.nextSegment();
        }

        @Override
        public ReadResult read(long streamOffset, int length) {
            return stream.read(streamOffset, length);
        }

        @Override
        public ReadResult readFully(long streamOffset, int length) {
            return stream.readFully(streamOffset, length);
        }

        @Override
        public long available(long atLeast) throws IOException {
            return stream.available(atLeast);
        }

        @Override
        public boolean isEnded() {
            return stream.isEnded();
        }

        @Override
        public String segment() {
            return stream.segment();
        }

        @Override
        public Progress progress(long streamOffset) {
            return stream.progress(streamOffset);
        }

        @Override
        public void addWaker(Runnable waker) {
            stream.addWaker(waker);
        }

        @Override
        public void removeWaker(Runnable waker) {
            stream.removeWaker(waker);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
