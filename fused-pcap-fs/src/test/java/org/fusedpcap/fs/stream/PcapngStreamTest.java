package org.fusedpcap.fs.stream;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.slice;
import static org.fusedpcap.fs.stream.TestSections.file;
import static org.fusedpcap.fs.stream.TestSections.wholeLength;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.compression.Packing;
import org.fusedpcap.testkit.writer.PcapngBlocks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader of pcapng gets: whole blocks, byte for byte. */
class PcapngStreamTest {

    private static final int[] PIECES = {1, 27, 4096, 128 * 1024 - 1, 128 * 1024, 1 << 20};

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
    }

    private RangeStream range(String... names) throws IOException {
        return ranges.open(names);
    }

    @Test
    void shouldBeAllFilesAsTheyAreWithTheSizeSaidAtOpen() throws IOException {
        byte[] all = {};
        String[] names = new String[20];
        for (int i = 0; i < names.length; i++) {
            byte[] file = file(i % 3 == 0 ? BIG_ENDIAN : LITTLE_ENDIAN, i, 30);
            names[i] = "f" + i;
            source.write(names[i], file);
            all = join(all, file);
        }
        for (int piece : PIECES) {
            try (RangeStream range = range(names)) {
                assertThat(range.size()).isEqualTo(all.length);
                assertThat(RangeFixture.readAll(range, piece)).isEqualTo(all);
                assertThat(range.size()).isEqualTo(all.length);
            }
        }
        assertThat(RangeStream.expectedSize(ranges.segments(names), ranges.files))
                .isEqualTo(all.length);
        assertThat(ranges.events.tornSegments()).isZero();
    }

    @Test
    void shouldReadAtRandomInAFileOfSectionsInBothByteOrders() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PcapngBlocks blocks = new PcapngBlocks(BIG_ENDIAN);
        for (int i = 0; blocks.length() < 1_000_000; i++) {
            blocks.order(random.nextBoolean() ? BIG_ENDIAN : LITTLE_ENDIAN);
            TestSections.add(blocks, i, random.nextInt(300));
        }
        byte[] file = blocks.toBytes();
        source.write("f1", file);
        try (RangeStream range = range("f1")) {
            for (int i = 0; i < 500; i++) {
                int from = random.nextInt(file.length);
                int length = 1 + random.nextInt(200_000);
                byte[] got = StreamReader.bytes(range.read(from, length));
                assertThat(got)
                        .as("seed %d", seed)
                        .isEqualTo(slice(file, from, Math.min(file.length, from + length)));
            }
        }
    }

    @Test
    void shouldDropTornBlocksAndCountThem() throws IOException {
        byte[] whole = file(LITTLE_ENDIAN, 0, 3);
        byte[] next = file(BIG_ENDIAN, 3, 3);
        source.write("f2", next);
        for (int length = 0; length < whole.length; length++) {
            byte[] torn = slice(whole, 0, length);
            source.write("f1", torn);
            try (RangeStream range = range("f1", "f2")) {
                byte[] expected = join(slice(torn, 0, wholeLength(torn)), next);
                assertThat(RangeFixture.readAll(range, 100)).as("%d", length).isEqualTo(expected);
                assertThat(range.size()).isEqualTo(expected.length);
            }
        }
        assertThat(ranges.events.tornSegments()).isPositive();
    }

    @Test
    void shouldEndASegmentWhereLengthsMakeNoSense() throws IOException {
        byte[] whole = file(BIG_ENDIAN, 0, 5);
        byte[] odd = file(BIG_ENDIAN, 5, 5);
        ByteBuffer.wrap(odd).putInt(28 + 4, 0x7fff_fffc);
        source.write("f1", join(whole, new byte[5000]));
        source.write("f2", odd);
        source.write("f3", whole);
        try (RangeStream range = range("f1", "f2", "f3")) {
            assertThat(RangeFixture.readAll(range, 4096))
                    .isEqualTo(join(whole, slice(odd, 0, 28), whole));
        }
        assertThat(ranges.events.tornSegments()).isEqualTo(2);
        assertThat(ranges.events.tornBytes()).isEqualTo(5000 + odd.length - 28);
    }

    private static PcapngBlocks section(ByteOrder order) {
        return new PcapngBlocks(order).section(-1).ethernet(6);
    }

    /** Blocks at which tshark stops with an error, each behind a section with one interface. */
    private static Map<String, byte[]> unreadable(ByteOrder order) {
        byte[] frame = new byte[60];
        byte[] version = new PcapngBlocks(order).section(-1).toBytes();
        ByteBuffer.wrap(version).order(order).putShort(12, (short) 2);
        byte[] simple = new PcapngBlocks(order).simplePacket(frame).toBytes();
        ByteBuffer.wrap(simple).order(order).putInt(8, 1500);
        return Map.of(
                "interface", new PcapngBlocks(order).packet(1, 0, frame).toBytes(),
                "obsolete", new PcapngBlocks(order).obsoletePacket(1, 0, frame).toBytes(),
                "length", new PcapngBlocks(order).packet(0, 0, new byte[300_000]).toBytes(),
                "simple", simple,
                "version", version);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndASegmentAtABlockThatNobodyCanRead(boolean big) throws IOException {
        ByteOrder order = big ? BIG_ENDIAN : LITTLE_ENDIAN;
        byte[] whole = TestSections.file(order, 0, 10);
        for (int packets : new int[] {0, 1, 3000}) {
            PcapngBlocks good = section(order);
            for (int i = 0; i < packets; i++) {
                good.packet(0, i, new byte[i % 300]);
            }
            for (Map.Entry<String, byte[]> bad : unreadable(order).entrySet()) {
                StreamEvents events = ranges.events;
                long torn = events.tornSegments();
                long bytes = events.tornBytes();
                source.write("f1", join(good.toBytes(), bad.getValue(), whole));
                source.write("f2", whole);
                try (RangeStream range = range("f1", "f2")) {
                    assertThat(RangeFixture.readAll(range, 4096))
                            .as(bad.getKey())
                            .isEqualTo(join(good.toBytes(), whole));
                    assertThat(range.size()).isEqualTo(good.length() + whole.length);
                }
                assertThat(events.tornSegments()).isEqualTo(torn + 1);
                assertThat(events.tornBytes() - bytes)
                        .isEqualTo(bad.getValue().length + whole.length);
            }
        }
    }

    @Test
    void shouldEndACompressedSegmentAtABlockThatNobodyCanRead() throws IOException {
        byte[] whole = TestSections.file(BIG_ENDIAN, 0, 10);
        byte[] good = section(BIG_ENDIAN).packet(0, 1, new byte[100]).toBytes();
        for (byte[] bad : unreadable(BIG_ENDIAN).values()) {
            source.write("f1.gz", Packing.GZIP.pack(join(good, bad, whole)));
            source.write("f2.gz", Packing.GZIP.pack(whole));
            try (RangeStream range = range("f1.gz", "f2.gz")) {
                assertThat(RangeFixture.readAll(range, 4096)).isEqualTo(join(good, whole));
            }
        }
    }

    /** The scan of a file that was read before goes on with the interfaces that it found. */
    @Test
    void shouldKnowTheInterfacesOfAFileThatWasReadBefore() throws IOException {
        byte[] whole = TestSections.file(LITTLE_ENDIAN, 0, 10);
        source.write("f1", whole);
        for (int i = 0; i < 2; i++) {
            try (FollowStream stream = source.follow("f1")) {
                StreamReader reader = new StreamReader(stream);
                assertThat(reader.drain(1000)).isEqualTo(ReadResult.Nothing.NOT_YET);
                byte[] more = new PcapngBlocks(LITTLE_ENDIAN).packet(1, i, new byte[50]).toBytes();
                source.append("f1", more);
                whole = join(whole, more);
                reader.until(whole.length);
                assertThat(reader.got()).isEqualTo(whole);
            }
        }
    }

    @Test
    void shouldNoticeThatTheTwoLengthsOfALongBlockDiffer() throws IOException {
        byte[] before = file(LITTLE_ENDIAN, 0, 5);
        byte[] huge = new PcapngBlocks(LITTLE_ENDIAN).unknown(1_000_000).toBytes();
        for (boolean damaged : new boolean[] {false, true}) {
            byte[] end = slice(huge, 0, huge.length);
            end[end.length - 1] += damaged ? 1 : 0;
            source.write("f1", join(before, end, before));
            try (RangeStream range = range("f1")) {
                assertThat(RangeFixture.readAll(range, 4096))
                        .isEqualTo(damaged ? before : join(before, end, before));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWhereTheOtherFormatFollows(boolean pcapngFirst) throws IOException {
        byte[] pcapng = file(LITTLE_ENDIAN, 0, 5);
        source.write("f1", pcapngFirst ? pcapng : capture(0, 5));
        source.write("f2", pcapngFirst ? capture(0, 5) : pcapng);
        byte[] first = pcapngFirst ? pcapng : capture(0, 5);
        try (RangeStream range = range("f1", "f2");
                FollowStream follow = source.follow("f1")) {
            for (CaptureStream stream : List.of(range, follow)) {
                StreamReader reader = new StreamReader(stream);
                assertThat(reader.drain(100)).isInstanceOf(ReadResult.Failed.class);
                assertThat(reader.got()).isEqualTo(first);
            }
            assertThat(range.failure().orElseThrow())
                    .hasMessageContaining("f2 cannot follow f1")
                    .hasMessageContaining(pcapngFirst ? "pcap instead" : "pcapng instead");
        }
    }

    @Test
    void shouldRefuseASectionThatNobodyCanRead() throws IOException {
        byte[] version2 = file(BIG_ENDIAN, 0, 1);
        version2[13] = 2;
        source.write("f1", version2);

        assertThatThrownBy(() -> range("f1")).isInstanceOf(InvalidCaptureException.class);
        assertThatThrownBy(() -> source.follow("f1"))
                .isInstanceOf(InvalidCaptureException.class)
                .hasMessageContaining("version 2.0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFollowByWholeBlocksWhereverAFlushCutsThem(boolean big) throws IOException {
        ByteOrder order = big ? BIG_ENDIAN : LITTLE_ENDIAN;
        byte[] whole = TestSections.add(new PcapngBlocks(order), 0, 3).toBytes();
        ByteOrder other = big ? LITTLE_ENDIAN : BIG_ENDIAN;
        whole = join(whole, file(other, 3, 2));
        source.write("f1", new byte[0]);
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            for (int flushed = 1; flushed <= whole.length; flushed++) {
                source.append("f1", slice(whole, flushed - 1, flushed));

                assertThat(reader.drain(50)).isEqualTo(ReadResult.Nothing.NOT_YET);
                int expected = wholeLength(slice(whole, 0, flushed));
                assertThat(reader.got()).isEqualTo(slice(whole, 0, expected));
            }
        }
        assertThat(source.events.tornSegments()).isZero();
    }

    @Test
    void shouldGoOnWithLaterSegmentsFromTheirFirstByte() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            files.add(file(i % 2 == 0 ? BIG_ENDIAN : LITTLE_ENDIAN, i, i));
            source.write("f" + (i + 1), files.get(i));
        }
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            assertThat(reader.drain(3000)).isEqualTo(ReadResult.Nothing.NOT_YET);
            assertThat(reader.got()).isEqualTo(join(files.toArray(byte[][]::new)));
        }
    }

    @Test
    void shouldNoticeAFileWrittenAnewByItsFirstPacketAlone() throws IOException {
        PcapngBlocks blocks = section(LITTLE_ENDIAN).ethernet(6);
        byte[] head = blocks.toBytes();
        byte[] before = TestSections.addPackets(blocks, 2, 20).toBytes();
        PcapngBlocks fresh = section(LITTLE_ENDIAN).ethernet(6);
        byte[] after = TestSections.addPackets(fresh, 107, 30).toBytes();
        source.write("f1", head);
        SegmentFile file = source.files.open(source.file("f1"));
        try {
            file.look();
            source.append("f1", slice(before, head.length, before.length));
            assertThat(file.scan().advance(Long.MAX_VALUE)).isEqualTo(before.length);
            source.append(
                    "f1",
                    TestSections.addPackets(new PcapngBlocks(LITTLE_ENDIAN), 22, 1).toBytes());
            assertThat(file.scan().check()).isFalse();

            source.rewrite("f1", after);
            assertThat(file.scan().check()).isTrue();
        } finally {
            file.release();
        }
    }

    @Test
    void shouldFinishTheBlockBegunWhenASegmentIsOverwritten() throws IOException {
        byte[] before = file(BIG_ENDIAN, 0, 50);
        byte[] after = file(LITTLE_ENDIAN, 100, 20);
        source.write("f1", before);
        try (FollowStream stream = source.follow("f1")) {
            StreamReader reader = new StreamReader(stream);
            reader.step(501);
            source.rewriteAndTell("f1", after);

            FollowFixture.await()
                    .untilAsserted(
                            () -> {
                                reader.drain(1000);
                                assertThat(reader.got()).endsWith(after);
                            });
            byte[] rest = slice(reader.got(), 0, reader.got().length - after.length);
            assertThat(rest).hasSizeGreaterThanOrEqualTo(501);
            assertThat(rest).isEqualTo(slice(before, 0, rest.length));
            assertThat(wholeLength(rest)).isEqualTo(rest.length);
        }
    }

    /** What a cluster gets: whole blocks of one segment at a time. */
    @Test
    void shouldGiveWholeBlocksOfOneSegment() throws IOException {
        byte[] first = file(BIG_ENDIAN, 0, 50);
        byte[] second = file(LITTLE_ENDIAN, 50, 50);
        source.write("f1", first);
        source.write("f2", second);
        byte[] all = join(first, second);
        try (RangeStream range = range("f1", "f2")) {
            byte[] got = {};
            while (got.length < all.length) {
                ByteBuffer dst = ByteBuffer.allocate(500);
                SegmentSlice slice = range.readSegment(got.length, dst);
                byte[] bytes = slice(dst.array(), 0, dst.position());
                boolean inFirst = got.length < first.length;
                assertThat(slice.segment()).isEqualTo(inFirst ? "f1" : "f2");
                got = join(got, bytes);
                byte[] part = inFirst ? got : slice(got, first.length, got.length);
                assertThat(wholeLength(part)).isEqualTo(part.length);
            }
            assertThat(got).isEqualTo(all);
            assertThat(range.readSegment(0, ByteBuffer.allocate(20)))
                    .isEqualTo(new SegmentSlice.TooLong("f1", 28));
        }
    }
}
