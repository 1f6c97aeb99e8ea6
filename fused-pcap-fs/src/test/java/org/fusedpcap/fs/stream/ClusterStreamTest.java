package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.fs.stream.TestCapture.capture;
import static org.fusedpcap.fs.stream.TestCapture.join;
import static org.fusedpcap.fs.stream.TestCapture.slice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.fusedpcap.cluster.distribute.AbnormalEndRule;
import org.fusedpcap.cluster.distribute.Cluster;
import org.fusedpcap.cluster.distribute.ClusterListener;
import org.fusedpcap.cluster.distribute.ClusterParts;
import org.fusedpcap.cluster.distribute.ClusterSettings;
import org.fusedpcap.cluster.distribute.ClusterTable;
import org.fusedpcap.cluster.distribute.SlabPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads of a cluster of one, who gets all there is. */
class ClusterStreamTest {

    private static final byte[] ALL = capture(0, 5000);
    private static final int BEFORE = 5;

    @TempDir Path path;
    private RangeFixture segments;

    @BeforeEach
    void write() throws IOException {
        segments = new RangeFixture(path);
        segments.write("f0", ALL);
    }

    private ClusterStream open(int window) throws IOException {
        ClusterSettings settings = new ClusterSettings(1, 64, AbnormalEndRule.END, window);
        return new ClusterStream(
                new ClusterTable<String>().open("f0", 1, () -> cluster(settings)), "f0");
    }

    private Cluster cluster(ClusterSettings settings) throws IOException {
        MovableEnd ends = new MovableEnd(new TestEnds());
        return new Cluster(
                new ClusterParts(
                        settings,
                        new SegmentRecords(segments.open("f0"), ends, "f0", () -> {}),
                        (buffer, packet, captured, original) -> 0,
                        new ClusterListener() {},
                        new SlabPool(0)));
    }

    private static ByteBuffer room(int length) {
        return ByteBuffer.allocateDirect(BEFORE + length).position(BEFORE);
    }

    private static byte[] behind(ByteBuffer dst) {
        byte[] bytes = new byte[dst.position() - BEFORE];
        dst.get(BEFORE, bytes);
        return bytes;
    }

    @Test
    void shouldReadIntoMemoryWhatAReadGives() throws IOException {
        try (ClusterStream stream = open(0)) {
            byte[] got = {};
            ByteBuffer dst = room(10_000);
            while (stream.readInto(got.length, dst)) {
                got = join(got, behind(dst));
                dst = room(10_000);
            }
            assertThat(got).isEqualTo(ALL);
            assertThat(dst.position()).isEqualTo(BEFORE);
            assertThat(stream.read(got.length, 1)).isEqualTo(ReadResult.Nothing.END);
        }
    }

    /**
     * The page cache takes a short answer for the end: what is not given can be asked for again.
     */
    @Test
    void shouldReadInFullOrNotAtAllForThePageCache() throws IOException {
        try (ClusterStream stream = open(ClusterSettings.PAGE_CACHE_WINDOW)) {
            ByteBuffer first = room(100_000);
            assertThat(stream.readFullyInto(0, first)).isTrue();
            assertThat(behind(first)).isEqualTo(slice(ALL, 0, 100_000));

            int rest = ALL.length - 100_000;
            ByteBuffer tooLong = room(rest + 1);
            assertThat(stream.readFullyInto(100_000, tooLong)).isFalse();
            assertThat(tooLong.position()).isEqualTo(BEFORE);

            ByteBuffer exactly = room(rest);
            assertThat(stream.readFullyInto(100_000, exactly)).isTrue();
            assertThat(behind(exactly)).isEqualTo(slice(ALL, 100_000, ALL.length));
        }
    }

    @Test
    void shouldGiveTheSameOnceMoreFromTheWindow() throws IOException {
        try (ClusterStream stream = open(ClusterSettings.PAGE_CACHE_WINDOW)) {
            assertThat(stream.readFullyInto(0, room(200_000))).isTrue();
            ByteBuffer again = room(4096);
            assertThat(stream.readFullyInto(150_000, again)).isTrue();
            assertThat(behind(again)).isEqualTo(slice(ALL, 150_000, 154_096));
        }
    }
}
