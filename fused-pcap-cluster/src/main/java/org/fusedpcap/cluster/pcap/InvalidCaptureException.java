package org.fusedpcap.cluster.pcap;

import java.io.IOException;

/** The bytes are no capture that can be read; the message says in one line what is wrong. */
public final class InvalidCaptureException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean otherFormat;

    /**
     * @param message what is wrong with the bytes, without the file's name
     */
    public InvalidCaptureException(String message) {
        this(message, false);
    }

    private InvalidCaptureException(String message, boolean otherFormat) {
        super(message);
        this.otherFormat = otherFormat;
    }

    /** The bytes are a capture, but of a format that cannot stand beside classic pcap. */
    static InvalidCaptureException otherFormat(String message) {
        return new InvalidCaptureException(message, true);
    }

    /** Whether it is a capture of another format, rather than none or a damaged one. */
    public boolean isOtherFormat() {
        return otherFormat;
    }
}
