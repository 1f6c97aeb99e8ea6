package org.fusedpcap.fs.options.names;

import java.nio.file.Path;

/** What is in the source directory. Implementations are thread-safe and never open an entry. */
@FunctionalInterface
public interface Entries {

    /** What an entry is. */
    enum Kind {
        NONE,
        /** A regular file. */
        FILE,
        DIRECTORY,
        /** There is something, but one cannot read it as a capture: a fifo, a dangling link. */
        OTHER
    }

    /**
     * What is there now, links followed as far as they may be. {@code relative} is to the source.
     */
    Kind kind(Path relative);
}
