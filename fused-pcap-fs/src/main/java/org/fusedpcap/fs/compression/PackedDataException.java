package org.fusedpcap.fs.compression;

import java.io.IOException;

/** Compressed data that cannot be unpacked from some place on. The message says why. */
public final class PackedDataException extends IOException {

    private static final long serialVersionUID = 1L;

    PackedDataException(String message) {
        super(message);
    }

    PackedDataException(String message, Throwable cause) {
        super(message, cause);
    }

    static PackedDataException cut() {
        return new PackedDataException("the compressed data ends too early");
    }

    static PackedDataException garbage() {
        return new PackedDataException("something else follows the compressed data");
    }
}
