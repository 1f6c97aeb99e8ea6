package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.stream.EndRule;
import org.fusedpcap.fs.stream.RangeSegment;
import org.fusedpcap.fs.stream.RangeStream;
import org.fusedpcap.fs.stream.ReadResult;
import org.fusedpcap.fs.stream.SegmentFiles;
import org.fusedpcap.fs.stream.StreamEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedRangesTest {

    private static final EndRule NO_END =
            new EndRule() {
                @Override
                public boolean endsAt(String segment) {
                    return false;
                }

                @Override
                public void ended(String last, Optional<String> next) {
                    throw new AssertionError(last);
                }
            };

    @TempDir Path directory;
    private final CachedRanges ranges = new CachedRanges();
    private final SegmentFiles files = SegmentFiles.anywhere();
    private Path segment;

    @BeforeEach
    void write() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        header.putInt(262144).putInt(1);
        // Ten bytes of a record that was torn.
        segment = Files.write(directory.resolve("f1"), header.array());
    }

    private RangeStream open() throws IOException {
        List<RangeSegment> segments =
                List.of(
                        RangeSegment.find(segment.getParent(), segment.getFileName().toString())
                                .orElseThrow());
        return RangeStream.open(segments, files, User.ROOT, NO_END, new StreamEvents(), 0);
    }

    @Test
    void shouldKeepPagesWhileAllSegmentsAreUnchanged() throws IOException {
        RangeStream first = open();
        assertThat(ranges.opened("/f1..f1", first)).isEqualTo(Caching.FRESH);
        assertThat(ranges.opened("/f1..f1", open())).isEqualTo(Caching.KEPT);
        ranges.closed("/f1..f1", first);
        assertThat(ranges.opened("/f1..f1", open())).isEqualTo(Caching.KEPT);
        assertThat(ranges.opened("/other/f1..f1", open())).isEqualTo(Caching.FRESH);
    }

    @Test
    void shouldDropPagesOfSegmentsThatHaveChangedOnceNobodyReadsThem() throws IOException {
        RangeStream before = open();
        ranges.opened("/f1..f1", before);
        Files.write(segment, new byte[10], StandardOpenOption.APPEND);
        RangeStream after = open();

        assertThat(ranges.opened("/f1..f1", after)).isEqualTo(Caching.NONE);
        ranges.closed("/f1..f1", after);
        assertThat(ranges.sizeInUse("/f1..f1")).hasValue(24);
        ranges.closed("/f1..f1", before);
        assertThat(ranges.sizeInUse("/f1..f1")).isEmpty();
        assertThat(ranges.opened("/f1..f1", open())).isEqualTo(Caching.FRESH);
    }

    @Test
    void shouldTellTheExactSizeWhereTheEndIsNear() throws IOException {
        ranges.opened("/f1..f1", open());

        assertThat(ranges.sizeInUse("/f1..f1")).hasValue(24);
    }

    @Test
    void shouldTellTheSizeThatTheReaderKnowsWhoHasComeFarthest() throws IOException {
        int torn = 16 << 20;
        Files.write(segment, new byte[torn - 34], StandardOpenOption.APPEND);
        RangeStream slow = open();
        RangeStream fast = open();
        ranges.opened("/f1..f1", slow);
        ranges.opened("/f1..f1", fast);
        assertThat(ranges.sizeInUse("/f1..f1")).hasValue(torn);

        assertThat(fast.read(24, 10)).isEqualTo(ReadResult.Nothing.END);

        assertThat(ranges.sizeInUse("/f1..f1")).hasValue(24);
        assertThat(ranges.sizeInUse("/f2..f2")).isEmpty();
    }

    @Test
    void shouldForgetTheRangesUsedLongestAgoButNoneThatIsOpen() throws IOException {
        RangeStream held = open();
        ranges.opened("/held", held);
        for (int i = 0; i < 1000; i++) {
            RangeStream brief = open();
            ranges.opened("/" + i, brief);
            ranges.closed("/" + i, brief);
        }

        assertThat(ranges.sizeInUse("/held")).hasValue(24);
        assertThat(ranges.opened("/999", open())).isEqualTo(Caching.KEPT);
        assertThat(ranges.opened("/0", open())).isEqualTo(Caching.FRESH);
    }
}
