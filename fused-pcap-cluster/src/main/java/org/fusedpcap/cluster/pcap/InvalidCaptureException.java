package org.fusedpcap.cluster.pcap;

import java.io.IOException;

/** The bytes are no capture that can be read; the message says in one line what is wrong. */
public final class InvalidCaptureException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong with the bytes, without the file's name
     */
    public InvalidCaptureException(String message) {
        super(message);
    }
}
