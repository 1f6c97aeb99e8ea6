package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the daemon had at one moment, as /proc shows it.
 *
 * @param seconds since the run began
 * @param readers number of processes that read then
 * @param descriptors open ones
 * @param pipes those of them that are pipes, of which each serving thread has a pair
 * @param threads number of them
 * @param residentKiB its memory
 */
record Sample(
        double seconds, long readers, int descriptors, int pipes, int threads, long residentKiB) {

    static Sample of(long pid, double seconds, long readers) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        long resident;
        try (Stream<String> status = Files.lines(proc.resolve("status"))) {
            resident =
                    status.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                            .findFirst()
                            .orElse(0);
        }
        List<String> open = descriptors(pid);
        int pipes = (int) open.stream().filter(target -> target.startsWith("pipe:")).count();
        return new Sample(
                seconds, readers, open.size(), pipes, count(proc.resolve("task")), resident);
    }

    /** What the descriptors lead to. */
    static List<String> descriptors(long pid) throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : entries.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // Closed while we looked.
                    continue;
                }
            }
        }
        return targets;
    }

    private static int count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return (int) entries.count();
        }
    }
}
