package org.fusedpcap.fs.series;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * File names that are not UTF-8. Java shows them with a replacement character, and finds no file by
 * what it shows. Which encoding names have is what the locale says; the launchers set one of UTF-8,
 * since the JVM takes no other word for it.
 */
public final class UnreadableNames {

    private static final char REPLACEMENT = '\uFFFD';

    private UnreadableNames() {}

    /** Whether a name, as it is shown, is that of a file that cannot be opened by it. */
    public static boolean isUnreadable(Path directory, String name) {
        if (name.indexOf(REPLACEMENT) < 0) {
            return false;
        }
        try {
            return Files.notExists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            // In a locale that is not UTF-8 no name but those of ASCII can be written.
            return true;
        }
    }

    /** Whether the JVM was started in a locale in which only names of ASCII can be read. */
    public static boolean isLocaleToBlame() {
        return !StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding"));
    }
}
