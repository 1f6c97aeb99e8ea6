package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads of records, as a cluster makes them, in segments much longer than a read. */
class LongSegmentSliceTest {

    private static final int RECORD = 76;
    private static final int MANY = 20_000;
    private static final int SLICE = 131 * RECORD + 7;

    @TempDir Path path;
    private FollowFixture source;

    @BeforeEach
    void watch() throws IOException {
        source = new FollowFixture(path);
        source.write("f0", capture(0, MANY));
        source.write("f1", capture(MANY, 3));
    }

    @AfterEach
    void unwatch() {
        source.close();
    }

    /** What a reader gets from an offset on, up to so many bytes, or as long as there is more. */
    private static byte[] read(SegmentStream stream, int from, int most) {
        byte[] got = {};
        ByteBuffer dst = ByteBuffer.allocateDirect(SLICE + 8);
        while (got.length < most) {
            // Somewhere in a slab, as the distributor has it.
            dst.clear().position(8);
            if (!(stream.readSegment(from + got.length, dst) instanceof SegmentSlice.Bytes slice)) {
                return got;
            }
            assertThat(dst.position()).isEqualTo(8 + slice.length());
            assertThat(slice.length() % RECORD).isZero();
            byte[] bytes = new byte[slice.length()];
            dst.get(8, bytes);
            got = join(got, bytes);
        }
        return got;
    }

    private static byte[] header(SegmentStream stream) {
        return StreamReader.bytes(stream.read(0, 24));
    }

    @Test
    void shouldGiveEveryRecordOnceFromFollowsAndRanges() throws IOException {
        try (FollowStream follow = source.follow("f0");
                RangeStream range = new RangeFixture(path).open("f0", "f1")) {
            assertThat(join(header(range), read(range, 24, Integer.MAX_VALUE)))
                    .isEqualTo(capture(0, MANY + 3));
            assertThat(join(header(follow), read(follow, 24, Integer.MAX_VALUE)))
                    .isEqualTo(capture(0, MANY + 3));

            source.append("f1", records(MANY + 3, MANY));

            int end = 24 + (MANY + 3) * RECORD;
            assertThat(read(follow, end, Integer.MAX_VALUE)).isEqualTo(records(MANY + 3, MANY));
        }
    }

    /** Who is behind another reader of the same file finds what that one has scanned. */
    @Test
    void shouldGiveTheSameToReadersAtDifferentPlaces() throws IOException {
        try (FollowStream first = source.follow("f0");
                FollowStream second = source.follow("f0")) {
            header(first);
            header(second);
            int ahead = read(first, 24, 50 * SLICE).length;
            assertThat(read(second, 24, Integer.MAX_VALUE)).isEqualTo(records(0, MANY + 3));
            assertThat(read(first, 24 + ahead, Integer.MAX_VALUE))
                    .isEqualTo(slice(records(0, MANY + 3), ahead, (MANY + 3) * RECORD));
        }
    }

    @Test
    void shouldGoOnWithTheNextSegmentOfARangeWhereOneIsOverwritten() throws IOException {
        RangeFixture segments = new RangeFixture(path);
        for (int slices : new int[] {1, 5, 40}) {
            source.rewrite("f0", capture(0, MANY));
            try (RangeStream range = segments.open("f0", "f1")) {
                header(range);
                byte[] had = read(range, 24, slices * SLICE);
                assertThat(had).isEqualTo(slice(records(0, MANY), 0, had.length));

                TestCapture.rewrite(source.file("f0"), capture(500_000, 7));

                assertThat(read(range, 24 + had.length, Integer.MAX_VALUE))
                        .isEqualTo(records(MANY, 3));
            }
        }
    }

    @Test
    void shouldGiveWhatTakesThePlaceOfAFollowedSegment() throws IOException {
        try (FollowStream follow = source.follow("f0")) {
            header(follow);
            byte[] had = read(follow, 24, 5 * SLICE);

            source.rewriteAndTell("f0", capture(500_000, 7));

            byte[] rest = read(follow, 24 + had.length, Integer.MAX_VALUE);
            assertThat(rest).isEqualTo(join(records(MANY, 3), records(500_000, 7)));
        }
    }

    /** Zeroes behind the records, as of a file that room was allocated for, are no records. */
    @Test
    void shouldStopWhereRecordsMakeNoSense() throws IOException {
        source.rewrite("f0", join(capture(0, MANY), new byte[4 * SLICE]));
        try (RangeStream range = new RangeFixture(path).open("f0", "f1")) {
            header(range);
            assertThat(read(range, 24, Integer.MAX_VALUE)).isEqualTo(records(0, MANY + 3));
        }
    }

    @Test
    void shouldTellHowLongARecordIsThatIsLongerThanARead() throws IOException {
        byte[] large = TestCapture.record(1, 3 * SLICE);
        source.rewrite("f0", join(capture(0, 1), large, records(2, MANY)));
        try (RangeStream range = new RangeFixture(path).open("f0")) {
            header(range);
            int had = 0;
            ByteBuffer dst = ByteBuffer.allocateDirect(SLICE);
            while (range.readSegment(24 + had, dst.clear()) instanceof SegmentSlice.Bytes slice) {
                had += slice.length();
            }
            assertThat(had).isEqualTo(RECORD);
            assertThat(range.readSegment(24 + had, dst.clear()))
                    .isEqualTo(new SegmentSlice.TooLong("f0", large.length));
            ByteBuffer enough = ByteBuffer.allocateDirect(large.length);
            assertThat(range.readSegment(24 + had, enough))
                    .isEqualTo(new SegmentSlice.Bytes("f0", large.length));
            assertThat(read(range, 24 + had + large.length, Integer.MAX_VALUE))
                    .isEqualTo(records(2, MANY));
        }
    }
}
