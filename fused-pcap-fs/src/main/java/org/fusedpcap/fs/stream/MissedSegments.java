package org.fusedpcap.fs.stream;

import java.util.HashSet;
import java.util.Set;
import org.fusedpcap.fs.series.Segment;

/**
 * Counts each segment once that was deleted before a stream had it: the directory may tell of it,
 * or its opening may fail, or both, in any order. Thread-safe; its lock is the last of all, and
 * nothing but the log waits under it.
 */
final class MissedSegments {

    private final StreamEvents events;

    /** The last segment that cannot be missed any more; guarded by this. */
    private Segment held;

    /** Counted segments behind that one; guarded by this. */
    private final Set<Segment> counted = new HashSet<>();

    MissedSegments(StreamEvents events, Segment start) {
        this.events = events;
        this.held = start;
    }

    /** The stream holds this segment, or is past it. */
    synchronized void hold(Segment segment) {
        if (segment != held) {
            held = segment;
            counted.removeIf(one -> !one.isBehind(segment));
        }
    }

    /** The directory has told that a segment is gone. */
    synchronized void removed(Segment segment) {
        if (segment.isBehind(held)) {
            count(segment);
        }
    }

    /** A segment could not be opened because it was gone; {@link #hold} follows. */
    synchronized void notFound(Segment segment) {
        count(segment);
    }

    private void count(Segment segment) {
        if (counted.add(segment)) {
            events.missed(held.name(), segment.name());
        }
    }
}
