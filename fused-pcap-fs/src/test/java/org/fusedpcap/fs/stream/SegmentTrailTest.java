package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.records;
import static org.fusedpcap.fs.stream.TestCapture.rewrite;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTrailTest {

    @TempDir Path directory;
    private final SegmentFiles files = SegmentFiles.anywhere();

    private SegmentFile settle(SegmentTrail trail, String name, byte[] content, int start)
            throws IOException {
        SegmentFile file = files.open(Files.write(directory.resolve(name), content));
        file.header();
        long end = file.scan().advance(Long.MAX_VALUE);
        trail.settle(file, file::path, Rewriting.NONE, file.scan().beginning(), start, end - start);
        return file;
    }

    private static byte[] collect(SegmentTrail trail, long from, long to) throws IOException {
        PieceList pieces = new PieceList();
        trail.collect(from, to, pieces);
        return StreamReader.bytes(pieces.toData());
    }

    @Test
    void shouldCollectFromFilesAndMemory() throws IOException {
        SegmentTrail trail = SegmentTrail.remembering(files);
        SegmentFile first = settle(trail, "f1", capture(0, 300), 0);
        trail.settle(first, ByteBuffer.wrap(records(300, 1)));
        first.release();
        settle(trail, "f2", capture(301, 300), 24).release();
        byte[] all = capture(0, 601);

        assertThat(trail.end()).isEqualTo(all.length);
        assertThat(trail.size()).isEqualTo(3);
        for (int from = 0; from < all.length; from += 1009) {
            int to = Math.min(all.length, from + 30_000);
            assertThat(collect(trail, from, to)).isEqualTo(slice(all, from, to));
        }
        assertThat(files.openCount()).isZero();
    }

    @Test
    void shouldFailOnWhatIsGoneOrAnotherNow() throws IOException {
        SegmentTrail trail = SegmentTrail.remembering(files);
        SegmentFile lost = settle(trail, "f1", capture(0, 2), 0);
        trail.settleGone(lost, 10);
        lost.release();
        settle(trail, "f2", capture(2, 2), 24).release();
        settle(trail, "f3", capture(4, 2), 24).release();
        settle(trail, "f4", capture(6, 2), 24).release();
        Files.delete(directory.resolve("f1"));
        rewrite(directory.resolve("f2"), capture(100, 9));
        rewrite(directory.resolve("f3"), capture(4, 1));

        assertThatThrownBy(() -> collect(trail, 0, 10)).hasMessageContaining("deleted");
        assertThatThrownBy(() -> collect(trail, 176, 180)).hasMessageContaining("overwritten");
        assertThatThrownBy(() -> collect(trail, 186, 190)).hasMessageContaining("overwritten");
        assertThatThrownBy(() -> collect(trail, 338, 480)).isInstanceOf(IOException.class);
        assertThat(collect(trail, 490, 642)).isEqualTo(records(6, 2));
        assertThat(files.openCount()).isZero();
    }

    @Test
    void shouldStillReadAFileThatHasGrownSince() throws IOException {
        SegmentTrail trail = SegmentTrail.remembering(files);
        settle(trail, "f1", capture(0, 2), 0).release();
        TestCapture.append(directory.resolve("f1"), records(2, 5));

        assertThat(collect(trail, 0, 176)).isEqualTo(capture(0, 2));
    }

    @Test
    void shouldForgetTheOldestAndSaySo() throws IOException {
        SegmentTrail trail = new SegmentTrail(files, 10);
        SegmentFile gone = files.open(Files.write(directory.resolve("f1"), capture(0, 1)));
        byte[] all = new byte[0];
        for (int i = 0; i < 57; i++) {
            trail.settle(gone, ByteBuffer.wrap(records(i, 1)));
            all = join(all, records(i, 1));
        }

        gone.release();

        assertThat(trail.size()).isLessThanOrEqualTo(10);
        assertThat(trail.end()).isEqualTo(57 * 76);
        assertThat(collect(trail, 52 * 76, 57 * 76)).isEqualTo(slice(all, 52 * 76, 57 * 76));
        assertThatThrownBy(() -> collect(trail, 0, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too far back");
    }

    @Test
    void shouldHoldWhatAReadIsToReturn() throws IOException {
        SegmentTrail trail = SegmentTrail.remembering(files);
        trail.holdBehind(100, 0);
        settle(trail, "f1", capture(0, 1), 0).release();
        settle(trail, "f2", capture(1, 1), 24).release();
        assertThat(files.openCount()).isEqualTo(1);
        Files.delete(directory.resolve("f2"));

        assertThat(collect(trail, 100, 176)).isEqualTo(records(1, 1));
        trail.holdNothing();
        assertThat(files.openCount()).isZero();
    }
}
