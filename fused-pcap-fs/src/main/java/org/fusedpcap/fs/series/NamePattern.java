package org.fusedpcap.fs.series;

/** Says which names belong to a series, and by what text they sort. Immutable. */
sealed interface NamePattern permits NameTemplate, NameGlob {

    /** What tells this pattern from others; equal for equal patterns. */
    String id();

    /**
     * @param name the file's name
     * @param identity the name without a compression ending
     */
    boolean matches(String name, String identity);

    /**
     * The text by which a name sorts in {@linkplain NaturalOrder natural order}.
     *
     * @param identity a name that matches, without a compression ending
     */
    String sortKey(String identity);

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
