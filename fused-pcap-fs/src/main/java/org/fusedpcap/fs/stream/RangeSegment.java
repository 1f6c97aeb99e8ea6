package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fusedpcap.cluster.pcap.PcapFormat;
import org.fusedpcap.fs.compression.PackedFormat;
import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.linux.NativeFile;
import org.fusedpcap.fs.linux.Permissions;
import org.fusedpcap.fs.linux.User;
import org.fusedpcap.fs.series.Compression;

/**
 * One segment of a range. Tens of thousands of them are kept in memory, so directory and name
 * should be objects that are there already.
 *
 * @param directory where it is
 * @param name the file's name there
 * @param identity what it was when the range was opened; no more than its size then is read
 * @param permissions who might read it then
 */
public record RangeSegment(
        Path directory, String name, FileIdentity identity, Permissions permissions)
        implements Place {

    /** The segment as it stands now; empty if it is gone. */
    public static Optional<RangeSegment> find(Path directory, String name) throws IOException {
        try {
            FileStatus now = FileStatus.of(directory.resolve(name));
            return Optional.of(
                    new RangeSegment(directory, name, now.identity(), now.permissions()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Asks whether a reader may have a range.
     *
     * @throws AccessDeniedException if he might not read one of its segments
     */
    public static void requireReadable(List<RangeSegment> segments, User reader)
            throws AccessDeniedException {
        for (RangeSegment segment : segments) {
            if (!segment.permissions.letRead(reader)) {
                throw SegmentFile.denied(segment.path(), reader);
            }
        }
    }

    /** A number that tells whether these are the same segments in the same state. */
    public static long fingerprint(List<RangeSegment> segments) {
        Fingerprint print = new Fingerprint();
        for (RangeSegment segment : segments) {
            FileIdentity file = segment.identity;
            print.with(segment.directory.hashCode()).with(segment.name.hashCode());
            print.with(file.device()).with(file.inode());
            print.with(file.size()).with(file.modifiedNs());
        }
        return print.value();
    }

    /** Where it is. */
    @Override
    public Path path() {
        return directory.resolve(name);
    }

    /** Whether it is compressed, as far as its name tells. */
    boolean isNamedPacked() {
        return Compression.isPacked(name);
    }

    /** Whether it is compressed, as its first bytes tell; false if it cannot be read. */
    boolean isPacked() {
        try (NativeFile file = NativeFile.open(path())) {
            return file.isRegular()
                    && PackedFormat.of(Beginning.ofPacked(file).bytes()).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Length of its whole records in bytes: known, where it was scanned before, or else what is
     * likely.
     *
     * @param headerLength length of the file header before them
     */
    long expectedRecords(SegmentFiles files, int headerLength) {
        if (!mayHaveHeader()) {
            return 0;
        }
        long end = files.remembered(identity).map(ScannedFile::wholeEnd).orElse(identity.size());
        return Math.max(0, end - headerLength);
    }

    /**
     * Length of its whole records in bytes, for which it is scanned if it was not before; what is
     * likely where that cannot be done.
     */
    long measuredRecords(SegmentFiles files, int headerLength) {
        if (!mayHaveHeader() || files.remembered(identity).isPresent()) {
            return expectedRecords(files, headerLength);
        }
        try {
            SegmentFile file = files.open(path());
            try {
                OptionalLong end = measuredEnd(file);
                return end.isPresent()
                        ? Math.max(0, end.getAsLong() - headerLength)
                        : expectedRecords(files, headerLength);
            } finally {
                file.release();
            }
        } catch (IOException e) {
            // Judged when a reader comes to it.
            return expectedRecords(files, headerLength);
        }
    }

    /** Where the last whole record ends; empty if that cannot be found out. */
    private OptionalLong measuredEnd(SegmentFile file) throws IOException {
        if (file.header().isEmpty()) {
            return OptionalLong.empty();
        }
        RecordScan scan = file.scan();
        boolean toTheEnd =
                scan.advance(identity.size()) >= identity.size() || scan.isFinished(file.size());
        return toTheEnd && !scan.isReplaced()
                ? OptionalLong.of(scan.lastEndBefore(identity.size()))
                : OptionalLong.empty();
    }

    /** Whether it is long enough to have a file header. */
    boolean mayHaveHeader() {
        return identity.size() >= PcapFormat.FILE_HEADER_LENGTH;
    }
}
