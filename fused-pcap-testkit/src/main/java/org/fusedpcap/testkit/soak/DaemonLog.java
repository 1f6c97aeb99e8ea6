package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log of the daemon, older files of it included. */
final class DaemonLog {

    private static final Pattern STACK = Pattern.compile("\\s+at [\\w.$/@]+\\(.*");
    private static final Pattern TAG = Pattern.compile("(s[0-9]+x-).*");
    private static final int SHOWN = 3;

    private final Path file;

    DaemonLog(Path file) {
        this.file = file;
    }

    /**
     * Whether a gap was told of the capture program that wrote a segment, or that a reader could
     * not be given once more what it had read of it.
     */
    boolean hasGap(String segment) throws IOException {
        var matcher = TAG.matcher(segment);
        String tag = matcher.matches() ? matcher.group(1) : "";
        return lines().stream()
                .filter(line -> line.contains("gap: ") || line.contains(" since it was read"))
                .anyMatch(line -> line.contains(tag));
    }

    /** Lines of stack traces and the ones before them, some of them. */
    List<String> failures() throws IOException {
        List<String> lines = lines();
        return Stream.iterate(1, i -> i < lines.size(), i -> i + 1)
                .filter(i -> STACK.matcher(lines.get(i)).matches())
                .filter(i -> !STACK.matcher(lines.get(i - 1)).matches())
                .map(i -> lines.get(i - 1) + " " + lines.get(i).strip())
                .limit(SHOWN)
                .toList();
    }

    private List<String> lines() throws IOException {
        String name = file.getFileName().toString();
        try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
            return files.filter(path -> path.getFileName().toString().startsWith(name))
                    .flatMap(DaemonLog::read)
                    .toList();
        }
    }

    private static Stream<String> read(Path path) {
        try {
            return Files.readAllLines(path).stream();
        } catch (IOException e) {
            // Rolled over just now.
            return Stream.empty();
        }
    }
}
