package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.Path;

/** A file has become shorter than it was: it was cut, or is being written anew. */
final class ShortFileException extends IOException {

    private static final long serialVersionUID = 1L;

    ShortFileException(Path path, long fileOffset) {
        super(path + " ends at " + fileOffset + ", where it was longer before");
    }
}
