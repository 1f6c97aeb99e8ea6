package org.fusedpcap.fs.series;

import java.util.Optional;

/** Says which names belong to a series, and by what they sort. Immutable. */
sealed interface NamePattern permits NameTemplate, NameGlob {

    /** What tells this pattern from others; equal for equal patterns. */
    String id();

    /**
     * By what a name sorts; empty if it does not belong to the series.
     *
     * @param name the file's name
     * @param identity the name without a compression ending
     */
    Optional<NameKey> read(String name, String identity);

    /** How the numbers in the names run. */
    Numbering numbering();

    /** How the numbers in names run. */
    enum Numbering {
        /** A count that may start again at its first value. */
        COUNT,
        /** A time, perhaps with a count behind it. */
        TIME,
        /** dumpcap's: a count that wraps, and a local time that may go back. */
        COUNT_AND_TIME
    }
}
