package org.fusedpcap.fs.status;

import java.util.Locale;

/** The kinds of open streams. */
public enum StreamKind {
    /** Goes on with each segment that appears. */
    FOLLOW,
    /** From one segment to another. */
    RANGE,
    /** One share of a stream that a cluster shares out. */
    MEMBER;

    /** The word for it in texts and labels. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
