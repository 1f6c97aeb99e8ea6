package org.fusedpcap.fs.mounted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedpcap.testkit.Captures;

/**
 * A finished capture of several whole segments, and what a stream of them must be.
 *
 * @param names names of the segments, in their order
 * @param bytes the first segment's header, then the records of all
 */
record RollingSource(List<String> names, byte[] bytes) {

    private static final int HEADER = 24;

    /** Writes segments of a few packets each. */
    static RollingSource write(Path directory, int segments, int packets) throws IOException {
        Captures captures = Captures.in(directory);
        for (int i = 0; i < segments; i++) {
            captures.segment("eth0.pcap." + (1_000_000 + i), packets);
        }
        return of(captures);
    }

    /** What has been written; every segment must be whole. */
    static RollingSource of(Captures captures) throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (Path path : captures.paths()) {
            byte[] bytes = Files.readAllBytes(path);
            int skipped = expected.size() == 0 ? 0 : HEADER;
            expected.write(bytes, skipped, bytes.length - skipped);
        }
        return new RollingSource(
                captures.paths().stream().map(path -> path.getFileName().toString()).toList(),
                expected.toByteArray());
    }

    String first() {
        return names.get(0);
    }

    String last() {
        return names.get(names.size() - 1);
    }

    /** The closed range of all segments. */
    String range() {
        return first() + ".." + last();
    }

    int length() {
        return bytes.length;
    }
}
