package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.RangeFixture.readAll;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series whose segments differ in byte order, resolution, order of lengths and snap length. */
class MixedFormsTest {

    @TempDir Path directory;

    private static final List<RecordForm> ALL =
            List.of(
                    RecordForm.LITTLE,
                    RecordForm.BIG,
                    RecordForm.BIG_NANOS,
                    RecordForm.OLD,
                    RecordForm.LITTLE_NANOS,
                    RecordForm.BETWEEN,
                    RecordForm.LITTLE);
    private static final int PACKETS = 100;

    static Stream<RecordForm> forms() {
        return ALL.stream().distinct();
    }

    /** Files f0 … f7: the first one in a form, the others in all of them. */
    private byte[] write(RecordForm form) throws IOException {
        byte[] expected = form.capture(0, PACKETS);
        Files.write(directory.resolve("f0"), expected);
        for (int i = 1; i <= ALL.size(); i++) {
            Files.write(directory.resolve("f" + i), ALL.get(i - 1).capture(i * PACKETS, PACKETS));
            expected = join(expected, form.records(i * PACKETS, PACKETS));
        }
        return expected;
    }

    private static String[] names() {
        return new String[] {"f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7"};
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldReadARangeInTheFormOfItsFirstSegment(RecordForm form) throws IOException {
        byte[] expected = write(form);
        RangeFixture source = new RangeFixture(directory);
        for (int length : new int[] {1, 7, 16, 4096, 100_000, 1_000_000}) {
            try (RangeStream range = source.open(names())) {
                assertThat(range.size()).isEqualTo(expected.length);
                assertThat(readAll(range, length)).isEqualTo(expected);
            }
        }
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldReadTheSameBytesAtAnyOffset() throws IOException {
        byte[] expected = write(RecordForm.BIG_NANOS);
        RangeFixture source = new RangeFixture(directory);
        long seed = System.nanoTime();
        System.out.println("MixedFormsTest, seed " + seed);
        Random random = new Random(seed);
        try (RangeStream range = source.open(names())) {
            for (int i = 0; i < 5000; i++) {
                int from = random.nextInt(expected.length);
                int length = 1 + random.nextInt(i % 2 == 0 ? 40 : 50_000);
                byte[] got = StreamReader.bytes(range.read(from, length));
                assertThat(got).isEqualTo(slice(expected, from, from + got.length));
                assertThat(got).hasSize(Math.min(length, expected.length - from));
            }
            assertThat(source.files.openCount()).isLessThanOrEqualTo(2);
        }
        assertThat(source.files.openCount()).isZero();
    }

    @Test
    void shouldGiveWholeRecordsToACluster() throws IOException {
        byte[] expected = write(RecordForm.LITTLE);
        RangeFixture source = new RangeFixture(directory);
        MovableEnd end = new MovableEnd(source.ends);
        ByteBuffer got = ByteBuffer.allocate(expected.length);
        try (SegmentRecords records =
                new SegmentRecords(source.open(names()), end, "f0", () -> {})) {
            got.put(records.fileHeader());
            int count;
            do {
                ByteBuffer some = ByteBuffer.allocate(500);
                count = records.read(some);
                got.put(some.flip());
            } while (count > 0);
        }
        assertThat(got.array()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldFollowInTheFormOfTheFirstSegment(RecordForm form) throws IOException {
        byte[] expected = write(form);
        try (FollowFixture source = new FollowFixture(directory);
                FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.until(expected.length);
            source.append("f7", RecordForm.LITTLE.records(2 * PACKETS, 5));
            source.write("f8", RecordForm.BIG.capture(3 * PACKETS, 5));
            byte[] more = join(form.records(2 * PACKETS, 5), form.records(3 * PACKETS, 5));
            reader.until(expected.length + more.length);

            assertThat(reader.got()).isEqualTo(join(expected, more));
        }
    }

    /** The rest of a record in which a reader stopped is kept as the reader is to have it. */
    @ParameterizedTest
    @ValueSource(ints = {3, 8, 15, 16, 40})
    void shouldFinishARewrittenRecordThatIsOverwritten(int stop) throws IOException {
        byte[] first = RecordForm.LITTLE.capture(0, 3);
        Files.write(directory.resolve("f0"), first);
        Files.write(
                directory.resolve("f1"),
                join(RecordForm.BIG_NANOS.header(), RecordForm.BIG_NANOS.record(1, 60)));
        Files.write(directory.resolve("f2"), RecordForm.LITTLE.capture(7, 3));
        try (FollowFixture source = new FollowFixture(directory);
                FollowStream stream = source.follow("f0")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(first.length);
            reader.step(stop);
            source.rewrite("f1", RecordForm.BIG.capture(50, 1));
            byte[] expected =
                    join(
                            first,
                            RecordForm.LITTLE.record(1, 60),
                            RecordForm.LITTLE.records(7, 3),
                            RecordForm.LITTLE.records(50, 1));
            reader.until(expected.length);

            assertThat(reader.got()).isEqualTo(expected);
        }
    }

    @Test
    void shouldShowTheLargestSnapLengthInARange() throws IOException {
        RecordForm narrow = RecordForm.BIG.withSnaplen(96);
        Files.write(directory.resolve("f0"), narrow.capture(0, 10));
        Files.write(directory.resolve("f1"), RecordForm.LITTLE.withSnaplen(1000).capture(10, 10));
        Files.write(directory.resolve("f2"), narrow.withSnaplen(200).capture(20, 10));
        RangeFixture source = new RangeFixture(directory);
        byte[] expected = join(narrow.withSnaplen(1000).header(), narrow.records(0, 30));
        for (int length : new int[] {1, 10, 20, 30, 100_000}) {
            try (RangeStream range = source.open("f0", "f1", "f2")) {
                assertThat(readAll(range, length)).isEqualTo(expected);
                assertThat(StreamReader.bytes(range.read(15, 5)))
                        .isEqualTo(slice(expected, 15, 20));
                assertThat(StreamReader.bytes(range.read(0, 3000)))
                        .isEqualTo(slice(expected, 0, 3000));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 96, 65_535, 262_144, Integer.MAX_VALUE})
    void shouldLeaveAHeaderAloneThatIsWideEnough(int snaplen) throws IOException {
        RecordForm form = RecordForm.LITTLE.withSnaplen(snaplen);
        Files.write(directory.resolve("f0"), form.capture(0, 10));
        Files.write(directory.resolve("f1"), form.withSnaplen(96).capture(10, 10));
        RangeFixture source = new RangeFixture(directory);
        try (RangeStream alone = source.open("f0");
                RangeStream both = source.open("f0", "f1")) {
            assertThat(readAll(alone, 100)).isEqualTo(form.capture(0, 10));
            assertThat(readAll(both, 100)).isEqualTo(form.capture(0, 20));
        }
    }

    @Test
    void shouldShowTheLongestPossibleWhereVeryManyFilesWouldHaveToBeLookedAt() throws IOException {
        RecordForm form = RecordForm.LITTLE.withSnaplen(96);
        String[] names = new String[RangeSnaplen.MOST_LOOKED_AT + 1];
        for (int i = 0; i < names.length; i++) {
            names[i] = "f" + i;
            Files.write(directory.resolve(names[i]), form.capture(i, 1));
        }
        try (RangeStream range = new RangeFixture(directory).open(names)) {
            assertThat(StreamReader.bytes(range.read(0, 24)))
                    .isEqualTo(form.withSnaplen(262_144).header());
        }
    }
}
