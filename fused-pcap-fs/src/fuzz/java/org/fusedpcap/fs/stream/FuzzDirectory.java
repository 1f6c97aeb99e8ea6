package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where fuzz targets put their inputs as files; gone when the JVM ends. */
final class FuzzDirectory {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path PATH = make();

    private FuzzDirectory() {}

    private static Path make() {
        try {
            Path path =
                    Files.isWritable(MEMORY)
                            ? Files.createTempDirectory(MEMORY, "fused-pcap-fuzz-")
                            : Files.createTempDirectory("fused-pcap-fuzz-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(path)));
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try (var files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path path() {
        return PATH;
    }
}
