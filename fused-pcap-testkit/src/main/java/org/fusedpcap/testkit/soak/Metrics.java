package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What the daemon says of itself in {@code .metrics}. */
final class Metrics {

    private static final String PREFIX = "fused_pcap_";

    /** What is 0 when nobody has anything open. */
    static final List<String> OF_USE =
            List.of("open_streams", "open_segments", "blocks_used_bytes");

    private final List<String> lines;

    private Metrics(List<String> lines) {
        this.lines = lines;
    }

    static Metrics read(Path mount) throws IOException {
        Process cat = new ProcessBuilder("cat", mount.resolve(".metrics").toString()).start();
        try (var out = cat.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Metrics(text.lines().toList());
        }
    }

    /** Whether there are any. */
    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The sum over all labels. */
    double sum(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(PREFIX + name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
