package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.fs.linux.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many segments as a directory may have, with several readers at a time. */
class ManySegmentsTest {

    private static final int MANY = 50_000;

    @TempDir Path path;

    @Test
    void shouldLeaveRoomForSeveralReaders() throws Exception {
        Path source = Files.createDirectory(path.resolve("source"));
        byte[] bytes = TestCapture.capture(0, 1);
        for (int i = 0; i < MANY; i++) {
            Files.write(source.resolve("f" + i), bytes);
        }
        SmallHeap.run(SeveralReaders.class, source);
    }

    static final class SeveralReaders {

        private static final long END = 24 + 76L * MANY;

        public static void main(String[] args) throws IOException {
            try (FollowFixture source = new FollowFixture(Path.of(args[0]));
                    FollowStream one = source.follow("f0");
                    FollowStream other = source.follow("f0")) {
                assertThat(drain(one)).isEqualTo(END);
                assertThat(drain(other)).isEqualTo(END);
                readRanges(source);
            }
        }

        private static void readRanges(FollowFixture source) throws IOException {
            List<RangeStream> ranges = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ranges.add(range(source));
            }
            assertThat(drain(ranges.get(0))).isEqualTo(END);
            assertThat(drain(ranges.get(1))).isEqualTo(END);
            assertThat(StreamReader.bytes(ranges.get(1).read(100, 76))).hasSize(76);
            ranges.forEach(RangeStream::close);
        }

        private static RangeStream range(FollowFixture source) throws IOException {
            List<RangeSegment> segments = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                segments.add(RangeSegment.find(source.path, "f" + i).orElseThrow());
            }
            return RangeStream.open(
                    segments, source.files, User.ROOT, source.ends, source.events, 0);
        }

        /** Where a stream has no more for now. */
        private static long drain(CaptureStream stream) {
            boolean[] woken = {true};
            Runnable waker = () -> woken[0] = true;
            stream.addWaker(waker);
            long at = 0;
            while (woken[0]) {
                woken[0] = false;
                while (stream.read(at, 128 * 1024) instanceof ReadResult.Data data) {
                    at += data.length();
                    data.release();
                }
            }
            stream.removeWaker(waker);
            return at;
        }
    }
}
