package org.fusedpcap.fs.compression;

import java.io.IOException;

/**
 * A file cannot be unpacked now because others have the memory that it asks for. Nothing is wrong
 * with the file: another attempt may succeed.
 */
public final class MemoryTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    MemoryTakenException(String message, Throwable cause) {
        super(message, cause);
    }
}
