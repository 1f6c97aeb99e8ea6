package org.fusedpcap.fs.fuse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What /proc tells of this process; 0 where it does not.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5)</a>
 */
final class OwnProcess {

    private static final long KIB = 1024;

    private OwnProcess() {}

    static long threads() {
        return field("Threads:");
    }

    static long residentBytes() {
        return field("VmRSS:") * KIB;
    }

    /** Number of open descriptors, but for the one that it takes to look. */
    static long descriptors() {
        String[] names = new File("/proc/self/fd").list();
        return names == null ? 0 : names.length - 1L;
    }

    static long cpuMs() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    }

    private static long field(String name) {
        try {
            List<String> lines =
                    Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1);
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
