package org.fusedpcap.fs.series;

/**
 * By what a name sorts among the names of its series.
 *
 * @param rank the first number or time in it that varies; where that says nothing, the same for all
 * @param text sorts names of equal rank, in {@linkplain NaturalOrder natural order}
 */
record NameKey(long rank, String text) {}
