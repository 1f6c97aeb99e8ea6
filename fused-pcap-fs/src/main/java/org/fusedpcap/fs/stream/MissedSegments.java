package org.fusedpcap.fs.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.SeriesListener;

/**
 * Counts each segment once that was deleted or overwritten before a stream had it. The directory
 * may tell of it, or its opening may fail, or both, in any order; and the series may have left it
 * out already when the stream went past, before the directory tells.
 *
 * <p>Thread-safe; its lock is the last of all, and nothing but the log waits under it.
 */
final class MissedSegments {

    /** What is told of a segment further back than so many is not about one that was missed. */
    private static final int PASSED_KEPT = 64;

    /** A ring may turn for weeks ahead of a reader that does not read. */
    private static final int COUNTED_KEPT = 1024;

    private final StreamEvents events;
    private final Segment start;

    /** The last segment that cannot be missed any more; guarded by this. */
    private Segment held;

    /** How long it was, if the directory has told that it is gone; guarded by this. */
    private long heldBytes = SeriesListener.UNKNOWN_SIZE;

    /** The one before; guarded by this. */
    private Segment before;

    /** The latest segments that the stream had or could not have; guarded by this. */
    private final Map<String, Segment> passed =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Segment> eldest) {
                    return size() > PASSED_KEPT;
                }
            };

    /** Counted segments that may be told of again; guarded by this. */
    private final Set<Segment> counted = latest();

    /** Those of them of which it is not known how long they were; guarded by this. */
    private final Set<Segment> unmeasured = latest();

    MissedSegments(StreamEvents events, Segment start) {
        this.events = events;
        this.start = start;
        this.held = start;
        this.before = start;
        passed.put(start.name(), start);
    }

    private static Set<Segment> latest() {
        return Collections.newSetFromMap(
                new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Segment, Boolean> eldest) {
                        return size() > COUNTED_KEPT;
                    }
                });
    }

    /** The stream is about to open this segment, has it open, or is past it. */
    synchronized void hold(Segment segment) {
        if (segment != held) {
            before = held;
            held = segment;
            heldBytes = SeriesListener.UNKNOWN_SIZE;
            passed.remove(segment.name());
            passed.put(segment.name(), segment);
            Segment oldest = passed.values().iterator().next();
            counted.removeIf(one -> oldest.isBehind(one));
            unmeasured.removeIf(one -> oldest.isBehind(one));
        }
    }

    /** The directory has told that what a segment held is gone. */
    synchronized void lost(Segment segment, long bytes) {
        if (unmeasured.contains(segment) && bytes >= 0) {
            unmeasured.remove(segment);
            events.measured(segment.name(), bytes);
        } else if (segment.isBehind(held) || wasLeftOut(segment)) {
            count(segment, bytes);
        } else if (segment == held) {
            // It is open, or will not be found.
            heldBytes = bytes;
        }
    }

    /** The directory has told of a segment that was not there before. */
    synchronized void appeared(Segment segment) {
        if (held.isBehind(segment) && segment.isBehind(start)) {
            events.late(held.name(), segment.name());
        }
    }

    /** The segment that was to come next holds something else now. */
    synchronized void overwritten(Segment segment, long bytes) {
        count(segment, bytes);
    }

    private boolean wasLeftOut(Segment segment) {
        Segment oldest = passed.values().iterator().next();
        return !passed.containsKey(segment.name()) && segment.isBehind(oldest);
    }

    /** A segment could not be opened because it was gone. */
    synchronized void notFound(Segment segment, long bytes) {
        count(segment, bytes < 0 && segment == held ? heldBytes : bytes);
    }

    private void count(Segment segment, long bytes) {
        if (!counted.add(segment)) {
            return;
        }
        events.missed((segment == held ? before : held).name(), segment.name(), bytes);
        if (bytes < 0) {
            unmeasured.add(segment);
        }
    }
}
