package org.fusedpcap.fs.series;

/**
 * A series, and the segment in it that somebody named. The series is kept up to date for as long as
 * it is referred to.
 *
 * @param series may be shared with other readers
 * @param first the segment that was named
 */
public record StartedSeries(Series series, Segment first) {}
