package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process, as /proc shows it.
 *
 * @param pid its id
 */
record Daemon(long pid) {

    private Path proc() {
        return Path.of("/proc", Long.toString(pid));
    }

    /** What its open descriptors lead to. */
    List<String> descriptors() {
        List<String> targets = new ArrayList<>();
        for (Path descriptor : list("fd")) {
            try {
                targets.add(Files.readSymbolicLink(descriptor).toString());
            } catch (NoSuchFileException e) {
                // Closed while we looked.
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return targets;
    }

    /** Its open descriptors of files below a directory. */
    List<String> descriptorsBelow(Path directory) {
        String prefix = directory + "/";
        return descriptors().stream().filter(target -> target.startsWith(prefix)).toList();
    }

    /** Number of descriptors but for pipes, of which each serving thread has a pair. */
    int lastingDescriptors() {
        return (int) descriptors().stream().filter(target -> !target.startsWith("pipe:")).count();
    }

    int threads() {
        return list("task").size();
    }

    private List<Path> list(String name) {
        try (Stream<Path> entries = Files.list(proc().resolve(name))) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its resident memory, in KiB. */
    long residentKiB() {
        try (Stream<String> lines = Files.lines(proc().resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Time that it has used of the processor, in milliseconds. */
    long cpuMillis() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow()
                .toMillis();
    }

    @Override
    public String toString() {
        return "daemon %d: %d descriptors, %d threads, %d KiB"
                .formatted(pid, descriptors().size(), threads(), residentKiB());
    }
}
