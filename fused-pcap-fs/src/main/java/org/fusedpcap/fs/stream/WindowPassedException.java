package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.Path;

/** A read goes back further than unpacked bytes are kept. */
final class WindowPassedException extends IOException {

    private static final long serialVersionUID = 1L;

    WindowPassedException(Path path, long offset) {
        super("what " + path + " holds at offset " + offset + " is not kept any more");
    }
}
