package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fusedpcap.cluster.pcap.InvalidCaptureException;
import org.fusedpcap.fs.linux.FileIdentity;
import org.fusedpcap.fs.linux.User;

/**
 * Opens the files of a range when its reader comes to them, if they still are what they were when
 * the range was opened. Not thread-safe; used under the stream's lock.
 */
final class RangeFiles {

    private final List<RangeSegment> segments;
    private final SegmentFiles files;
    private final User reader;
    private final StreamEvents events;

    /** What the last segments began with, by their number, as they may still have been written. */
    private final Map<Integer, Beginning> beginnings = new HashMap<>();

    private RangeFiles(
            List<RangeSegment> segments, SegmentFiles files, User reader, StreamEvents events) {
        this.segments = segments;
        this.files = files;
        this.reader = reader;
        this.events = events;
    }

    /**
     * Looks at the headers of the first and the last segment.
     *
     * @throws NoSuchFileException if one of them is gone
     * @throws AccessDeniedException if one of them may not be read
     * @throws InvalidCaptureException if one of them is no capture
     */
    static RangeFiles look(
            List<RangeSegment> segments, SegmentFiles files, User reader, StreamEvents events)
            throws IOException {
        RangeFiles range = new RangeFiles(segments, files, reader, events);
        int last = segments.size() - 1;
        range.beginnings.put(0, checkHeader(segments.get(0), files));
        range.beginnings.put(last, checkHeader(segments.get(last), files));
        if (last > 1) {
            // A writer that has just begun the last one may have something left for this one.
            beginning(segments.get(last - 1), files)
                    .ifPresent(bytes -> range.beginnings.put(last - 1, bytes));
        }
        return range;
    }

    private static Beginning checkHeader(RangeSegment segment, SegmentFiles files)
            throws IOException {
        SegmentFile file = files.open(segment.path());
        try {
            file = file.forReader(segment.identity().size());
            return file.beginning();
        } finally {
            file.release();
        }
    }

    private static Optional<Beginning> beginning(RangeSegment segment, SegmentFiles files) {
        try {
            return Optional.of(checkHeader(segment, files));
        } catch (IOException e) {
            // Judged when a reader comes to it.
            return Optional.empty();
        }
    }

    /**
     * Opens a segment; empty, and told, if there is nothing to be had from it.
     *
     * @param lastRead name of the segment that the stream has been in before
     */
    Optional<ReadPosition> open(int number, String lastRead) throws IOException {
        RangeSegment segment = segments.get(number);
        try {
            ReadPosition opened = openNow(segment);
            if (opened.isInstead() || isUnchanged(number, opened.file())) {
                return Optional.of(opened);
            }
            opened.release();
            skip(segment, "it was written anew since the range was opened");
        } catch (NoSuchFileException e) {
            events.missed(lastRead, segment.name(), segment.identity().size());
        } catch (AccessDeniedException e) {
            skip(segment, SegmentFile.whyDenied(e));
        } catch (InvalidCaptureException e) {
            skip(segment, e.getMessage());
        }
        return Optional.empty();
    }

    /** Opens the file in which a segment is now: it may have been compressed, or unpacked. */
    private ReadPosition openNow(RangeSegment segment) throws IOException {
        long size = segment.identity().size();
        try {
            return ReadPosition.open(files, segment, size);
        } catch (NoSuchFileException e) {
            long limit = segment.isNamedPacked() ? Long.MAX_VALUE : size;
            ReadPosition instead = ReadPosition.openInstead(files, segment.path(), limit);
            return requireReadable(instead);
        }
    }

    /** What was listed when the range was opened was asked for then; this file is another one. */
    private ReadPosition requireReadable(ReadPosition instead) throws IOException {
        boolean readable = false;
        try {
            instead.file().requireReadable(reader);
            readable = true;
            return instead;
        } finally {
            if (!readable) {
                instead.release();
            }
        }
    }

    /**
     * Whether a file is what it was at open. The last ones may have grown since; of the others only
     * their status is known, and a complete segment has no reason to change.
     */
    private boolean isUnchanged(int number, SegmentFile file) throws IOException {
        RangeSegment segment = segments.get(number);
        FileIdentity now = file.file().identity();
        if (now.equals(segment.identity())) {
            return true;
        }
        Beginning beginning = beginnings.get(number);
        return now.isSameFile(segment.identity())
                && beginning != null
                && beginning.isIn(file.file());
    }

    /** Tells that nothing is read of a segment. */
    void skip(RangeSegment segment, String why) {
        events.skipped(segment.path(), why, segment.identity().size());
    }
}
