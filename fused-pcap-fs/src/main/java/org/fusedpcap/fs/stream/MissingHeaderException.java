package org.fusedpcap.fs.stream;

import java.io.IOException;

/** A stream has no capture header yet, and may get one. */
public final class MissingHeaderException extends IOException {

    private static final long serialVersionUID = 1L;

    MissingHeaderException() {
        super("there is no capture header yet");
    }
}
