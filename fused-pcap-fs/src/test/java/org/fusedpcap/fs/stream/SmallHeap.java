package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs programs in a JVM of their own, whose heap is as small as the daemon's. */
final class SmallHeap {

    private static final long LIMIT_SECONDS = 240;

    private SmallHeap() {}

    /**
     * Runs a class's {@code main}, which fails by throwing.
     *
     * @param directory for its files, its only argument
     */
    static void run(Class<?> program, Path directory) throws IOException, InterruptedException {
        Path output = directory.resolveSibling(directory.getFileName() + ".output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xms16m",
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-Xss512k",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(ended).as(() -> read(output)).isTrue();
            assertThat(process.exitValue()).as(() -> read(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
