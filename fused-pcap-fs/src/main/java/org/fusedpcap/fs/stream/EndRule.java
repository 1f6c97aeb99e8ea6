package org.fusedpcap.fs.stream;

import java.util.Optional;

/** Where a followed stream is to end, and whom to tell that it has. Thread-safe. */
public interface EndRule {

    /** Whether the reader is to get its end behind this complete segment. */
    boolean endsAt(String segment);

    /**
     * The stream has ended, or cannot go on.
     *
     * @param last name of the segment read last
     * @param next name of the one that would have come; empty if there is none yet
     */
    void ended(String last, Optional<String> next);
}
