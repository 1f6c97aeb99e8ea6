package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.header;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.record;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.rewrite;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.fusedpcap.cluster.pcap.PcapHeader;
import org.fusedpcap.cluster.pcap.PcapngSection;
import org.fusedpcap.fs.linux.NativeFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordScanTest {

    @TempDir Path directory;
    private final List<NativeFile> open = new ArrayList<>();

    private Path path() {
        return directory.resolve("f1");
    }

    private RecordScan scan(byte[] content) throws IOException {
        return scan(content, PlainContent::new);
    }

    private RecordScan scan(byte[] content, Function<NativeFile, SegmentContent> opened)
            throws IOException {
        Files.write(path(), content);
        NativeFile file = NativeFile.open(path());
        open.add(file);
        ByteBuffer header = ByteBuffer.wrap(slice(content, 0, 24));
        return new RecordScan(
                opened.apply(file), PcapHeader.parse(header), new Beginning(0, header));
    }

    @AfterEach
    void close() {
        open.forEach(NativeFile::close);
    }

    @Test
    void shouldFindWhatIsWholeInAFileThatIsCutWhileItIsScanned() throws IOException {
        byte[] whole = capture(0, 3);
        for (int length = 24; length <= whole.length; length++) {
            int cut = length;
            RecordScan scan = scan(whole, file -> new CutContent(new PlainContent(file), cut));

            assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(24 + (cut - 24) / 76 * 76);
            assertThat(scan.isReplaced()).isFalse();
            assertThat(scan.isSenseless()).isFalse();
        }
    }

    @Test
    void shouldFindTheEndOfWholeRecordsInAFileCutAnywhere() throws IOException {
        byte[] whole = capture(0, 3);
        for (int length = 24; length <= whole.length; length++) {
            RecordScan scan = scan(slice(whole, 0, length));

            assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(24 + (length - 24) / 76 * 76);
            assertThat(scan.isSenseless()).isFalse();
            assertThat(scan.isFinished(length)).isTrue();
            assertThat(scan.isFinished(length + 1)).isFalse();
        }
    }

    @Test
    void shouldGoOnWhereTheFileGrows() throws IOException {
        byte[] whole = capture(0, 5);
        RecordScan scan = scan(slice(whole, 0, 24));
        for (int length = 25; length <= whole.length; length++) {
            TestCapture.append(path(), slice(whole, length - 1, length));

            assertThat(scan.advance(whole.length)).isEqualTo(24 + (length - 24) / 76 * 76);
        }
        assertThat(scan.isReplaced()).isFalse();
    }

    @Test
    void shouldGoNoFurtherThanAskedByMoreThanABuffer() throws IOException {
        RecordScan scan = scan(capture(0, 10_000));

        assertThat(scan.advance(24)).isEqualTo(24);
        assertThat(scan.advance(25)).isBetween(25L, 25L + ScanBuffers.LENGTH + 76);
        assertThat(scan.advance(400_000)).isBetween(400_000L, 400_000L + ScanBuffers.LENGTH + 76);
        assertThat(scan.wholeEnd()).isEqualTo(scan.advance(1));
    }

    @Test
    void shouldScanRecordsLongerThanItsBuffer() throws IOException {
        byte[] content =
                join(header(), record(1, 262_144), record(2, 10), record(3, 262_000), record(4, 1));
        RecordScan scan = scan(content);

        assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(content.length);
        assertThat(scan.endOfRecordAt(30)).isEqualTo(24 + 16 + 262_144);
        assertThat(scan.endOfRecordAt(content.length - 1)).isEqualTo(content.length);
        assertThat(scan.lastEndBefore(content.length - 1)).isEqualTo(content.length - 17);

        RecordScan torn = scan(slice(content, 0, 262_000));
        assertThat(torn.advance(Long.MAX_VALUE)).isEqualTo(24);
    }

    @Test
    void shouldStopWhereLengthsMakeNoSense() throws IOException {
        for (int length : new int[] {-1, 262_145, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            byte[] odd = record(3, 60);
            ByteBuffer.wrap(odd).order(ByteOrder.LITTLE_ENDIAN).putInt(8, length);
            RecordScan scan = scan(join(capture(0, 3), odd, records(4, 9)));

            assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(24 + 3 * 76);
            assertThat(scan.isSenseless()).isTrue();
        }
    }

    @Test
    void shouldStopAtZeroesAndGoOnWhenTheyAreFilled() throws IOException {
        RecordScan scan = scan(join(capture(0, 3), new byte[8192]));
        assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(24 + 3 * 76);
        assertThat(scan.isSenseless()).isTrue();

        try (FileChannel file = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(records(3, 2)), 24 + 3 * 76);
        }

        assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(24 + 5 * 76);
        assertThat(scan.isReplaced()).isFalse();
    }

    @Test
    void shouldKnowTheRecordAroundEveryOffset() throws IOException {
        Random random = new Random(7);
        List<Integer> ends = new ArrayList<>(List.of(24));
        byte[] content = header();
        for (int i = 0; i < 60; i++) {
            content = join(content, record(i, random.nextInt(900)));
            ends.add(content.length);
        }
        RecordScan scan = scan(content);
        scan.advance(Long.MAX_VALUE);
        for (int offset = 24; offset <= content.length; offset++) {
            int at = offset;
            long next = ends.stream().filter(end -> end >= at).findFirst().orElseThrow();
            long last = ends.stream().filter(end -> end <= at).reduce((a, b) -> b).orElseThrow();

            assertThat(scan.endOfRecordAt(offset)).as("behind %s", offset).isEqualTo(next);
            assertThat(scan.lastEndBefore(offset)).as("before %s", offset).isEqualTo(last);
        }
    }

    @Test
    void shouldFindRecordsThatItsIndexIsTooCoarseFor() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] content = capture(0, 20_000);
        RecordScan whole = scan(content);
        whole.advance(Long.MAX_VALUE);
        RecordScan coarse = withoutIndex(whole, content);
        for (int offset = 24; offset < content.length; offset += random.nextInt(30_000)) {
            assertBetweenRecordsOf76(coarse, offset);
        }
        for (int i = 0; i < 100; i++) {
            assertBetweenRecordsOf76(coarse, 24 + random.nextInt(content.length - 24));
        }
    }

    private static void assertBetweenRecordsOf76(RecordScan scan, int offset) throws IOException {
        int before = 24 + (offset - 24) / 76 * 76;
        int behind = before == offset ? before : before + 76;

        assertThat(scan.lastEndBefore(offset)).as("before %s", offset).isEqualTo(before);
        assertThat(scan.endOfRecordAt(offset)).as("behind %s", offset).isEqualTo(behind);
    }

    /** A scan that knows of no more than the first record where it begins. */
    private RecordScan withoutIndex(RecordScan whole, byte[] content) throws IOException {
        RecordIndex index = new RecordIndex();
        index.add(24);
        index.shrink();
        NativeFile file = open.get(0);
        return new RecordScan(
                new PlainContent(file),
                PcapHeader.parse(ByteBuffer.wrap(slice(content, 0, 24))),
                new KeptScan(
                        file.identity(),
                        whole.beginning(),
                        index,
                        whole.wholeEnd(),
                        ByteOrder.LITTLE_ENDIAN,
                        new PcapngSection(),
                        whole.packets(),
                        false));
    }

    @Test
    void shouldNoticeThatTheFileIsShorter() throws IOException {
        RecordScan scan = scan(capture(0, 30));
        scan.advance(Long.MAX_VALUE);
        rewrite(path(), capture(0, 29));

        assertThat(scan.check()).isTrue();
        assertThat(scan.isReplaced()).isTrue();
        assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(24 + 30 * 76);
    }

    @Test
    void shouldNoticeAnotherFirstPacketInALongerFile() throws IOException {
        RecordScan scan = scan(capture(0, 3));
        scan.advance(25);
        rewrite(path(), capture(50, 300));

        assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(24 + 3 * 76);
        assertThat(scan.isReplaced()).isTrue();
    }

    @Test
    void shouldNoticeAnotherHeaderBeforeAnyPacket() throws IOException {
        RecordScan scan = scan(header());
        rewrite(path(), join(header(ByteOrder.BIG_ENDIAN, 0xa1b2c3d4, 1), records(0, 3)));

        assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(24);
        assertThat(scan.isReplaced()).isTrue();
    }

    @Test
    void shouldTakeGrowthForWhatItIs() throws IOException {
        RecordScan scan = scan(header());
        TestCapture.append(path(), records(0, 3));
        assertThat(scan.check()).isFalse();
        scan.advance(Long.MAX_VALUE);
        TestCapture.append(path(), records(3, 3));

        assertThat(scan.check()).isFalse();
        assertThat(scan.advance(Long.MAX_VALUE)).isEqualTo(24 + 6 * 76);
    }

    @Test
    void shouldGiveManyThreadsTheSameBoundaries() throws IOException {
        byte[] content = capture(0, 20_000);
        RecordScan scan = scan(slice(content, 0, 1000));
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int thread = i;
            threads.add(
                    CompletableFuture.runAsync(() -> advanceAll(scan, content.length, thread + 1)));
        }
        for (int at = 1000; at < content.length; at += 50_001) {
            TestCapture.append(path(), slice(content, at, Math.min(content.length, at + 50_001)));
        }
        threads.forEach(CompletableFuture::join);

        assertThat(scan.wholeEnd()).isEqualTo(content.length);
    }

    private static void advanceAll(RecordScan scan, long length, int step) {
        try {
            while (scan.wholeEnd() < length) {
                long end = scan.advance(scan.wholeEnd() + step * 1000L);
                assertThat((end - 24) % 76).isZero();
                long middle = 24 + (end - 24) / 2;
                assertThat((scan.endOfRecordAt(middle) - 24) % 76).isZero();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
