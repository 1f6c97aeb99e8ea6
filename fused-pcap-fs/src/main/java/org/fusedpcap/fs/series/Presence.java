package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Whether there is a regular file at a path. */
enum Presence {
    /** There is one. */
    THERE,
    /** Nothing is there, or something else: a directory, a fifo, a link that leads to no file. */
    ABSENT,
    /** That cannot be told now: the way to it is barred, or the disk does not answer. */
    UNKNOWN;

    static Presence of(Path path) {
        try {
            return isRegular(path) ? THERE : ABSENT;
        } catch (NoSuchFileException gone) {
            return ABSENT;
        } catch (IOException unable) {
            return isSurelyNone(path) ? ABSENT : UNKNOWN;
        }
    }

    private static boolean isRegular(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).isRegularFile();
    }

    // A link that leads nowhere may do so for good; it must not be asked for again and again.
    private static boolean isSurelyNone(Path path) {
        return Files.notExists(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isSymbolicLink(path) && !Files.isRegularFile(path)
                || Files.isRegularFile(path.getParent());
    }
}
