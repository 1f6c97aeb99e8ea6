package org.fusedpcap.fs.series;

import java.io.IOException;

/**
 * A file is there but is no segment of the series asked for, or stands before the range's start.
 */
public final class NotInSeriesException extends IOException {

    private static final long serialVersionUID = 1L;

    NotInSeriesException(String message) {
        super(message);
    }
}
