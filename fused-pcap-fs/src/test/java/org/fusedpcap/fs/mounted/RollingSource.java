package org.fusedpcap.fs.mounted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fusedpcap.testkit.Captures;
import org.fusedpcap.testkit.oracle.CaptureReader;

/**
 * A capture of several segments as it is now, and what a stream of them must be.
 *
 * @param names names of the segments, in their order
 * @param bytes the first header, then the whole records of all; the whole blocks of pcapng
 */
record RollingSource(List<String> names, byte[] bytes) {

    private static final int HEADER = 24;
    private static final int PCAPNG_SECTION = 0x0a0d0d0a;

    /** Writes segments of a few packets each. */
    static RollingSource write(Path directory, int segments, int packets) throws IOException {
        Captures captures = Captures.in(directory);
        for (int i = 0; i < segments; i++) {
            captures.segment("eth0.pcap." + (1_000_000 + i), packets);
        }
        return of(captures.paths());
    }

    /** Looks at segments, which may be damaged. */
    static RollingSource of(List<Path> segments) throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (Path segment : segments) {
            int end = wholeEnd(segment);
            if (end > 0) {
                byte[] content = Files.readAllBytes(segment);
                int skipped = expected.size() == 0 || isPcapng(content) ? 0 : HEADER;
                expected.write(content, skipped, end - skipped);
            }
        }
        return new RollingSource(
                segments.stream().map(path -> path.getFileName().toString()).toList(),
                expected.toByteArray());
    }

    private static boolean isPcapng(byte[] content) {
        return ByteBuffer.wrap(content).getInt() == PCAPNG_SECTION;
    }

    /** Where the whole records of a file end, in bytes; 0 if it has no header. */
    static int wholeEnd(Path segment) throws IOException {
        try (CaptureReader reader = CaptureReader.open(segment)) {
            while (reader.next().isPresent()) {
                // On to the last whole one.
            }
            return (int) reader.position();
        }
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
