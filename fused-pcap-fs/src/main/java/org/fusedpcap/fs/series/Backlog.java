package org.fusedpcap.fs.series;

/**
 * What of a series lies behind a place in it.
 *
 * @param segments number of segments behind the one that the place is in
 * @param bytes bytes of their files and of the rest of the one that the place is in, as they were
 *     when last looked at
 */
public record Backlog(int segments, long bytes) {

    /** Nothing lies behind it. */
    public static final Backlog NONE = new Backlog(0, 0);
}
