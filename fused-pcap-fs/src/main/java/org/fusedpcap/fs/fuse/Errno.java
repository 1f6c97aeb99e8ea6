package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.series.NotInSeriesException;
import org.fusedpcap.fs.stream.AbnormalEndException;

/** The errors that a caller can get, with Linux's numbers. */
enum Errno {
    ENOENT(2),
    EINTR(4),
    EIO(5),
    EAGAIN(11),
    EACCES(13),
    ENOTDIR(20),
    EINVAL(22),
    ESPIPE(29),
    EROFS(30);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** What a callback returns for it: the number, negative. */
    int result() {
        return -number;
    }

    /** What the caller gets for a failure. */
    static Errno of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return ENOENT;
        }
        if (failure instanceof AccessDeniedException) {
            return EACCES;
        }
        if (failure instanceof NotDirectoryException) {
            return ENOTDIR;
        }
        if (failure instanceof InvalidCaptureException
                || failure instanceof NotInSeriesException
                || failure instanceof AbnormalEndException) {
            return EINVAL;
        }
        return EIO;
    }
}
