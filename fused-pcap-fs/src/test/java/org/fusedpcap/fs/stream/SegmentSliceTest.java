package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads that end with a record and with a segment, as a cluster makes them. */
class SegmentSliceTest {

    @TempDir Path path;
    private FollowFixture source;

    @BeforeEach
    void watch() throws IOException {
        source = new FollowFixture(path);
        for (int i = 0; i < 6; i++) {
            source.write("f" + i, capture(i * 3, 3));
        }
    }

    @AfterEach
    void unwatch() {
        source.close();
    }

    /** Reads records to the end; what was got, and of which segments. */
    private static byte[] readAll(SegmentStream stream, int length, List<String> names) {
        byte[] got = StreamReader.bytes(stream.read(0, 24));
        while (true) {
            ByteBuffer dst = ByteBuffer.allocateDirect(length);
            SegmentSlice slice = stream.readSegment(got.length, dst);
            if (slice instanceof SegmentSlice.None) {
                return got;
            }
            byte[] bytes = copied(slice, dst);
            assertThat(bytes.length % 76).isZero();
            assertThat(bytes.length).isLessThanOrEqualTo(length);
            got = join(got, bytes);
            names.add(slice.segment());
        }
    }

    private static byte[] copied(SegmentSlice slice, ByteBuffer dst) {
        assertThat(slice).isInstanceOf(SegmentSlice.Bytes.class);
        byte[] bytes = new byte[((SegmentSlice.Bytes) slice).length()];
        dst.flip().get(bytes);
        assertThat(dst.hasRemaining()).isFalse();
        return bytes;
    }

    @Test
    void shouldEndEachReadWithARecordAndWithItsSegment() throws IOException {
        for (int length : new int[] {76, 100, 227, 228, 1000, 128 * 1024}) {
            try (FollowStream follow = source.follow("f0");
                    RangeStream range =
                            new RangeFixture(path).open("f0", "f1", "f2", "f3", "f4", "f5")) {
                int reads = (228 + length / 76 * 76 - 1) / Math.min(228, length / 76 * 76);
                List<String> names = new ArrayList<>();
                assertThat(readAll(follow, length, names)).isEqualTo(capture(0, 18));
                assertThat(names).startsWith("f0").endsWith("f5").hasSizeLessThan(6 * reads + 1);
                List<String> inRange = new ArrayList<>();
                assertThat(readAll(range, length, inRange)).isEqualTo(capture(0, 18));
                assertThat(inRange).isEqualTo(names);
            }
        }
    }

    @Test
    void shouldTellHowLongARecordIsThatDoesNotFit() throws IOException {
        try (FollowStream stream = source.follow("f0")) {
            assertThat(stream.readSegment(24, ByteBuffer.allocate(75)))
                    .isEqualTo(new SegmentSlice.TooLong("f0", 76));
            assertThat(stream.readSegment(24, ByteBuffer.allocate(76)))
                    .isEqualTo(new SegmentSlice.Bytes("f0", 76));
        }
    }

    @Test
    void shouldHoldTheNextSegmentThoughReadsAreLongerThanSegments() throws IOException {
        try (FollowStream stream = source.follow("f0")) {
            assertThat(StreamReader.bytes(stream.read(0, 24))).isEqualTo(capture(0, 0));
            ByteBuffer dst = ByteBuffer.allocate(128 * 1024);
            SegmentSlice first = stream.readSegment(24, dst);
            assertThat(first.segment()).isEqualTo("f0");
            assertThat(copied(first, dst)).isEqualTo(records(0, 3));
            assertThat(stream.nextSegment()).contains("f1");
            Files.delete(source.file("f0"));
            Files.delete(source.file("f1"));

            SegmentSlice second = stream.readSegment(24 + 228, dst.clear());
            assertThat(second.segment()).isEqualTo("f1");
            assertThat(copied(second, dst)).isEqualTo(records(3, 3));
        }
    }
}
