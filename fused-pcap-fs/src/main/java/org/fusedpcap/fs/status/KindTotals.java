package org.fusedpcap.fs.status;

/**
 * All streams of one kind since the mount.
 *
 * @param opened how many were opened
 * @param open how many are open now
 * @param delivered what their readers were given
 */
public record KindTotals(long opened, long open, Delivered delivered) {}
