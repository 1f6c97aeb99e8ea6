package org.fusedpcap.fs.series;

/** Is told what happens to the segments of a series. */
@FunctionalInterface
public interface SeriesListener {

    /**
     * Called in the order of the events, after the series shows the change, on a thread that serves
     * all readers and under the series' lock: it must neither block nor take long.
     *
     * @param segment the segment as it is now, or as it was last if it was removed
     */
    void changed(Segment segment, Change change);

    /** Told for the size of a file that was never looked at. */
    long UNKNOWN_SIZE = -1;

    /**
     * Called before {@link #changed} when what a segment held is there no more: its file was
     * removed, or written anew. Otherwise as that.
     *
     * @param segment as it was
     * @param bytes the file's length when it was last looked at; it may have grown since
     */
    default void lost(Segment segment, long bytes) {
        // Of no interest to those who only want to be woken.
    }

    /**
     * Called when a segment has come and gone before anybody could look at it; it never was in the
     * series. Otherwise as {@link #changed}.
     */
    default void cameAndWent(Segment segment) {
        // As above.
    }

    /** Called before a segment is moved to another place. Otherwise as {@link #changed}. */
    default void moving(Segment from, Segment to) {
        // As above.
    }

    /** Called after a segment was moved to another place. Otherwise as {@link #changed}. */
    default void moved(Segment from, Segment to) {
        // As above.
    }
}
