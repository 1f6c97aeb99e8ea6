package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fusedpcap.fs.mounted.Tool.Result;

/** Errors of system calls, by what the C library says of them. */
enum Errno {
    NONE(""),
    EACCES("Permission denied"),
    EINVAL("Invalid argument"),
    EIO("Input/output error"),
    ENOENT("No such file or directory"),
    ENOTCONN("Transport endpoint is not connected"),
    ENOTDIR("Not a directory"),
    EROFS("Read-only file system");

    private final String text;

    Errno(String text) {
        this.text = text;
    }

    /** What a piece of Java got; {@link #NONE} if it succeeded. */
    static Errno of(ThrowingCallable action) {
        try {
            action.call();
            return NONE;
        } catch (IOException e) {
            return of(e);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** What a system call of Java answered. */
    static Errno of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return ENOENT;
        }
        if (failure instanceof AccessDeniedException) {
            return EACCES;
        }
        String said =
                failure instanceof FileSystemException files
                        ? files.getReason()
                        : failure.getMessage();
        return named(said);
    }

    /** What a tool says that it got. */
    static Errno of(Result result) {
        return result.status() == 0 ? NONE : named(result.errors());
    }

    private static Errno named(String said) {
        return Arrays.stream(values())
                .filter(errno -> errno != NONE && said.strip().endsWith(errno.text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("another error: " + said));
    }
}
