package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What stat(2) says of a file.
 *
 * @param size in bytes
 * @param modified time of last modification, ns since 1970
 * @param file device and inode
 */
record FileState(long size, long modified, Object file) {

    /** The file's state; empty if it is not there, is not readable or is no regular file. */
    static Optional<FileState> of(Path path) {
        try {
            BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
            return is.isRegularFile() ? Optional.of(of(is)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static FileState of(BasicFileAttributes is) {
        return new FileState(
                is.size(),
                is.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                Objects.requireNonNullElse(is.fileKey(), ""));
    }

    /** Whether what was in the file before is gone: another file by this name, or a shorter one. */
    boolean restartedSince(FileState before) {
        return !file.equals(before.file) || size < before.size;
    }
}
