package org.fusedpcap.fs.series;

import java.util.HashMap;
import java.util.Map;

/**
 * Files that were found written anew by a notice that may be older than what was found. A ring that
 * has turned once more before a file is looked at has what it holds of that turn, while the notices
 * of the others, and of this file's being closed and written to again, are still to come. They come
 * with the same batch or the next one; then the file belongs behind the others.
 *
 * <p>(In the same batch {@link LastWritings} takes care of most.)
 *
 * <p>Used under the series' lock.
 */
final class SeenEarly {

    /** Files placed last in the batch before, by identity, and whether they were closed since. */
    private Map<String, Boolean> before = new HashMap<>();

    /** The same of this batch. */
    private Map<String, Boolean> latest = new HashMap<>();

    /** A batch begins. */
    void begin() {
        before = latest;
        latest = new HashMap<>();
    }

    /** Each change of the batch is told before it is applied, also one that is left out. */
    void told(FileChange change) {
        String identity = Compression.strip(change.name());
        switch (change.kind()) {
            case CLOSED -> closed(identity);
            case CREATED, MOVED_IN, REMOVED -> {
                // What comes behind it is about another file.
                before.remove(identity);
                latest.remove(identity);
            }
            case MODIFIED, TOUCHED -> {
                // Whether it is written again is asked.
            }
        }
    }

    /** A file was placed behind all others, as it was found written anew, or written again. */
    void placedLast(String identity) {
        before.remove(identity);
        latest.put(identity, false);
    }

    /** A file was looked at that cannot be told from one that is written anew yet. */
    void lookedAt(String identity) {
        if (before.containsKey(identity)) {
            latest.put(identity, before.remove(identity));
        }
    }

    /** A file was closed by its writer. */
    void closed(String identity) {
        before.replace(identity, true);
        latest.replace(identity, true);
    }

    /** Whether a file that is written to now is written again, so that it is to be placed last. */
    boolean isWrittenAgain(String identity) {
        return latest.getOrDefault(identity, before.getOrDefault(identity, false));
    }
}
