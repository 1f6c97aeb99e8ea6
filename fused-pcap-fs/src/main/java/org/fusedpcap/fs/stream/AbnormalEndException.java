package org.fusedpcap.fs.stream;

import java.io.IOException;

/**
 * Another member of the cluster closed before its end of file, and the cluster was told to take
 * that as an error.
 */
public final class AbnormalEndException extends IOException {

    private static final long serialVersionUID = 1L;

    AbnormalEndException() {
        super("another member of the cluster closed before its end of file");
    }
}
