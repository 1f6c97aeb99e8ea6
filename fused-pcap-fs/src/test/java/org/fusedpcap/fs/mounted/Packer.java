package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines that replace a capture by a compressed one, as its users do. */
enum Packer {
    GZIP(".gz", "gzip", "-q"),
    ZSTD(".zst", "zstd", "-q", "--rm"),
    ZSTD_SMALL(".zst", "zstd", "-q", "--rm", "--ultra", "-20"),
    PZSTD(".zst", "pzstd", "-q", "-p2", "--rm"),
    LZ4(".lz4", "lz4", "-q", "-m", "--rm"),
    LZ4_LINKED(".lz4", "lz4", "-q", "-m", "--rm", "-BD", "-B4", "-9"),
    LZ4_CHECKED(".lz4", "lz4", "-q", "-m", "--rm", "-BX", "-B5"),
    XZ(".xz", "xz", "-q"),
    XZ_FAST(".xz", "xz", "-q", "-0");

    private final String ending;
    private final List<String> command;

    Packer(String ending, String... command) {
        this.ending = ending;
        this.command = List.of(command);
    }

    /** Packs a file; the plain one is gone then. */
    Path pack(Path file) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.add(file.toString());
        Tool.run(line.toArray(String[]::new)).assertQuiet();
        return packed(file);
    }

    /** What a file is called once it is packed. */
    Path packed(Path file) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    String ending() {
        return ending;
    }
}
