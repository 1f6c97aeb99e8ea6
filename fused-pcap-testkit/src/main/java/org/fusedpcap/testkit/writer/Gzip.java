package org.fusedpcap.testkit.writer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** What gzip(1) does to a file. */
final class Gzip {

    private Gzip() {}

    /** The name that a file has when it is compressed. */
    static Path compressed(Path path) {
        return path.resolveSibling(path.getFileName() + ".gz");
    }

    /** Writes a compressed file beside a file, and deletes that one. */
    static void replace(Path path) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed(path)))) {
            Files.copy(path, out);
        }
        Files.delete(path);
    }
}
