package org.fusedpcap.fs.series;

/** What happened to a segment. */
public enum Change {
    /** A new segment is there. */
    APPEARED,
    /** It was written to. */
    GREW,
    /** A process that had it open for writing has closed it; there may be others. */
    CLOSED,
    /** Its file is gone from the directory. */
    REMOVED,
    /** Its file was truncated or replaced: the segment told is the new one, behind all others. */
    RESTARTED
}
