package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.fs.linux.User;

/** Files of a directory, and ranges of them. */
final class RangeFixture {

    /** What a range with compressed segments says of its size. */
    static final long UNKNOWN_SIZE = 1L << 49;

    final Path directory;
    final SegmentFiles files = SegmentFiles.anywhere();
    final StreamEvents events = new StreamEvents();
    final TestEnds ends = new TestEnds();

    RangeFixture(Path directory) {
        this.directory = directory;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    void write(String name, byte[] content) throws IOException {
        Files.write(path(name), content);
    }

    List<RangeSegment> segments(String... names) throws IOException {
        List<RangeSegment> segments = new ArrayList<>();
        for (String name : names) {
            segments.add(RangeSegment.find(directory, name).orElseThrow());
        }
        return segments;
    }

    RangeStream open(String... names) throws IOException {
        return open(segments(names));
    }

    RangeStream open(List<RangeSegment> segments) throws IOException {
        return open(segments, User.ROOT);
    }

    RangeStream open(List<RangeSegment> segments, User reader) throws IOException {
        return RangeStream.open(segments, files, reader, ends, events, UNKNOWN_SIZE);
    }

    /** Reads all of a range by answers of this length. */
    static byte[] readAll(RangeStream range, int length) {
        StreamReader reader = new StreamReader(range);
        ReadResult end = reader.drain(length);
        if (end != ReadResult.Nothing.END) {
            throw new AssertionError(end);
        }
        return reader.got();
    }
}
