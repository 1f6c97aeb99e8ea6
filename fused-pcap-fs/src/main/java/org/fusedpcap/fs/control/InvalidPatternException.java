package org.fusedpcap.fs.control;

/** What was written to an {@code .end} file cannot be an end: {@code EINVAL}. One line says why. */
public final class InvalidPatternException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidPatternException(String message) {
        super(message);
    }
}
