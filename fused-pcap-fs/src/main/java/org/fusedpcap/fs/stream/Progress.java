package org.fusedpcap.fs.stream;

import java.util.OptionalLong;
import org.fusedpcap.fs.series.Backlog;

/**
 * How far a reader has come in a stream. Its numbers are read one after the other, so they may be a
 * moment apart.
 *
 * @param segment name of the segment that the stream has come to
 * @param packets packets before the reader's place: exact when it has read all that was looked at
 *     and where a segment ends, else estimated inside the segment from the average length; of a
 *     cluster's member, those that were given to it
 * @param size the stream's whole length in bytes, if it has one
 * @param behind what the source has behind the reader's place
 */
public record Progress(String segment, long packets, OptionalLong size, Backlog behind) {}
