package org.fusedpcap.fs.status;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.fusedpcap.fs.stream.Damage;
import org.fusedpcap.fs.stream.Progress;

/**
 * One open stream.
 *
 * @param number which one it is of all that were opened since the mount, from 1
 * @param path below the mount point, as {@code START} or {@code START..END} behind its options
 * @param kind what kind of stream
 * @param options those that are not as by default, as a path level; may be empty
 * @param opened when
 * @param readers who reads it
 * @param position stream offset behind the last byte read
 * @param delivered what its readers were given
 * @param progress how far it has come
 * @param damage what it could not hand out; for a member nothing, its cluster says that
 * @param cluster number of its cluster, if it has a place in one
 */
public record StreamStatus(
        long number,
        String path,
        StreamKind kind,
        String options,
        Instant opened,
        List<ReaderStatus> readers,
        long position,
        Delivered delivered,
        Progress progress,
        Damage damage,
        OptionalLong cluster) {

    public StreamStatus {
        readers = List.copyOf(readers);
    }
}
