package org.fusedpcap.fs.options.names;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A source directory written down in a test: {@code "sub/"} is a directory, {@code "x|"} a fifo.
 */
final class Listing implements Entries {

    private final Map<Path, Kind> kinds = new HashMap<>();

    static Listing of(String... entries) {
        Listing listing = new Listing();
        for (String entry : entries) {
            listing.add(entry);
        }
        return listing;
    }

    private void add(String entry) {
        if (entry.endsWith("/")) {
            kinds.put(Path.of(entry), Kind.DIRECTORY);
        } else if (entry.endsWith("|")) {
            kinds.put(Path.of(entry.substring(0, entry.length() - 1)), Kind.OTHER);
        } else {
            kinds.put(Path.of(entry), Kind.FILE);
        }
    }

    @Override
    public Kind kind(Path relative) {
        return kinds.getOrDefault(relative, Kind.NONE);
    }
}
