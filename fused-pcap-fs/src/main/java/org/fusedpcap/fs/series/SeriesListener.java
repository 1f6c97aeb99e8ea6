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
}
