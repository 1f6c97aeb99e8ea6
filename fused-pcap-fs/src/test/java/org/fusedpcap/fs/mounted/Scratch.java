package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory of its own, in memory where there is room, that goes away with all that is in it. */
final class Scratch implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 4L << 30;

    private final Path path;

    Scratch() throws IOException {
        Path parent = hasRoom() ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        // Other users are to come as far as the mount, which decides by itself.
        path =
                Files.createTempDirectory(
                        parent,
                        "fused-pcap-it-",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private static boolean hasRoom() throws IOException {
        return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM;
    }

    Path path() {
        return path;
    }

    /** A new directory in it. */
    Path directory(String name) throws IOException {
        return Files.createDirectories(path.resolve(name));
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
