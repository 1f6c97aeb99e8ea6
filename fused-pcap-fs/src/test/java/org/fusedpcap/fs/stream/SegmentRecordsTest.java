package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.RECORD_HEADER;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.fusedpcap.cluster.distribute.RecordSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
