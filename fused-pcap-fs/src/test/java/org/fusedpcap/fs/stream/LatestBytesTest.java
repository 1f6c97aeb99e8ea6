package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestBytesTest {

    private static final int CAPACITY = 1000;
    private static final int LENGTH = 300_000;

    @TempDir Path directory;
    private final SegmentFiles files = SegmentFiles.anywhere();
    private final byte[] content = new byte[LENGTH];
    private long now;
    private final LatestBytes latest = new LatestBytes(CAPACITY, () -> now);

    @AfterEach
    void close() {
        latest.close();
    }

    private byte[] kept(long from, long to) {
        PieceList pieces = new PieceList();
        assertThat(latest.collect(from, to, pieces)).isEqualTo(to);
        return StreamReader.bytes(pieces.toData());
    }

    private void give(int from, int to) {
        latest.begin(from, to);
        latest.add(ByteBuffer.wrap(content, from, to - from));
        latest.commit();
    }

    private boolean has(long offset) {
        PieceList pieces = new PieceList();
        boolean found = latest.collect(offset, offset + 1, pieces) > offset;
        pieces.release();
        return found;
    }

    @Test
    void shouldHaveTheLastBytesOfWhateverWasGiven() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        random.nextBytes(content);
        SegmentFile file = files.open(Files.write(directory.resolve("f1"), content));
        int end = 0;
        int begin = 0;
        while (end < LENGTH - 3 * CAPACITY) {
            now += 1_000_000;
            int from = random.nextInt(8) == 0 ? end + random.nextInt(CAPACITY) : end;
            int to = from + 1 + random.nextInt(2 * CAPACITY);
            boolean near = begin < end && from - end <= CAPACITY / 2;
            int first = (int) latest.begin(from, to);
            assertThat(first).isEqualTo(near ? end : from);
            latest.add(ByteBuffer.wrap(content, first, from - first));
            int middle = from + random.nextInt(to - from);
            latest.add(ByteBuffer.wrap(content, from, middle - from));
            latest.add(file, middle, to - middle);
            if (random.nextInt(4) == 0) {
                latest.cancel();
                begin = Math.min(end, Math.max(begin, to - CAPACITY));
            } else {
                latest.commit();
                begin = Math.max(near || from == end ? begin : from, to - CAPACITY);
                end = to;
            }
            assertThat(has(end)).isFalse();
            assertThat(begin > 0 && has(begin - 1)).isFalse();
            if (begin < end) {
                int at = begin + random.nextInt(end - begin);
                assertThat(kept(at, end)).isEqualTo(TestCapture.slice(content, at, end));
            }
        }
        file.release();
        assertThat(files.openCount()).isZero();
    }

    @Test
    void shouldLeaveOutWhatIsFasterThanItsRateButForAnEndWithinAPage() {
        give(0, 4096);
        assertThat(has(4095)).as("more than may be copied at once").isFalse();
        give(4096, 4100);
        assertThat(has(4099)).isTrue();
        now += 1_000_000_000;
        give(4100, 4100 + CAPACITY);
        give(4100 + CAPACITY, 8192 - 4);
        assertThat(has(8187)).isTrue();
    }

    @Test
    void shouldNotGiveWhatWasAddedOverItAndNotHandedOut() {
        new Random(1).nextBytes(content);
        give(1000, 1100);
        latest.begin(1050, 1200);
        latest.add(ByteBuffer.wrap(new byte[150]));
        latest.cancel();

        assertThat(has(1050)).isFalse();
        assertThat(kept(1000, 1050)).isEqualTo(TestCapture.slice(content, 1000, 1050));
    }

    @Test
    void shouldGiveWhatThereIsAndNoMore() {
        new Random(1).nextBytes(content);
        give(0, 100);
        PieceList pieces = new PieceList();

        assertThat(latest.collect(90, 120, pieces)).isEqualTo(100);
        pieces.add(ByteBuffer.wrap(content, 100, 20));

        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(StreamReader.bytes(pieces.toData()));
        assertThat(all.toByteArray()).isEqualTo(TestCapture.slice(content, 90, 120));
        assertThat(has(100)).isFalse();
    }
}
