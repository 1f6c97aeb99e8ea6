package org.fusedpcap.fs.status;

import org.fusedpcap.fs.stream.Damage;

/**
 * All streams on one path since somebody has had that path open without a break.
 *
 * @param path as {@link StreamStatus#path}
 * @param delivered what their readers were given
 * @param damage what they could not be given
 */
public record PathTotals(String path, Delivered delivered, Damage damage) {}
