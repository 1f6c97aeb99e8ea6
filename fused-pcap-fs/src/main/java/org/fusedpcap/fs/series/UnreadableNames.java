package org.fusedpcap.fs.series;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * File names that are not UTF-8. Java shows them with a replacement character, and finds no file by
 * what it shows.
 */
public final class UnreadableNames {

    private static final char REPLACEMENT = '\uFFFD';

    private UnreadableNames() {}

    /** Whether a name, as it is shown, is that of a file that cannot be opened by it. */
    public static boolean isUnreadable(Path directory, String name) {
        return name.indexOf(REPLACEMENT) >= 0
                && Files.notExists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }
}
