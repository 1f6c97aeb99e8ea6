package org.fusedpcap.fs.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.fusedpcap.fs.series.Bookmark;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.SeriesListener;

/**
 * Counts each segment once that a stream does not have: it was deleted or overwritten before, or
 * stands where the stream is past. The directory may tell of it, or its opening may fail, or both,
 * in any order.
 *
 * <p>What the directory tells is told under the series' lock, under which alone the stream comes to
 * another segment; so at that moment the {@linkplain Bookmark bookmark} says for certain whether a
 * segment is still to be read.
 *
 * <p>Thread-safe; its lock is the last of all, and nothing but the log waits under it.
 */
final class MissedSegments {

    /** What came and went further back than so many segments is not about one that was missed. */
    private static final int PASSED_KEPT = 64;

    /** A ring may turn for weeks ahead of a reader that does not read. */
    private static final int COUNTED_KEPT = 1024;

    private final StreamEvents events;
    private final Bookmark bookmark;

    /** The last segment that is open or about to be opened; guarded by this. */
    private Segment held;

    /** Whether the directory has told that it is gone; guarded by this. */
    private boolean heldIsGone;

    /** How long it was then; guarded by this. */
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

    MissedSegments(StreamEvents events, Bookmark bookmark) {
        this.events = events;
        this.bookmark = bookmark;
        this.held = bookmark.segment();
        this.before = held;
        passed.put(held.name(), held);
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
            countIfLetGo();
            before = held;
            held = segment;
            heldIsGone = false;
            heldBytes = SeriesListener.UNKNOWN_SIZE;
            passed.remove(segment.name());
            passed.put(segment.name(), segment);
            Segment oldest = passed.values().iterator().next();
            counted.removeIf(one -> oldest.isBehind(one));
            unmeasured.removeIf(one -> oldest.isBehind(one));
        }
    }

    // Another segment has come before the one that was held, and that is gone meanwhile.
    private void countIfLetGo() {
        if (heldIsGone && bookmark.isAhead(held)) {
            count(held, heldBytes);
        }
    }

    /** The directory has told that what a segment held is gone. */
    synchronized void lost(Segment segment, long bytes) {
        if (unmeasured.contains(segment) && bytes >= 0) {
            unmeasured.remove(segment);
            events.measured(segment.name(), bytes);
        } else if (isHeld(segment)) {
            // It is open, or will not be found.
            heldIsGone = true;
            heldBytes = bytes;
        } else if (bookmark.isAhead(segment)) {
            count(segment, bytes);
        }
    }

    private boolean isHeld(Segment segment) {
        return held.isSameAs(segment);
    }

    /** The directory has told of a segment that never was in the series. */
    synchronized void cameAndWent(Segment segment) {
        if (bookmark.isAhead(segment) || wasLeftOut(segment)) {
            count(segment, SeriesListener.UNKNOWN_SIZE);
        }
    }

    private boolean wasLeftOut(Segment segment) {
        Segment oldest = passed.values().iterator().next();
        return !passed.containsKey(segment.name()) && segment.isBehind(oldest);
    }

    /** The directory has told of a segment that was not there before. */
    synchronized void appeared(Segment segment) {
        if (!bookmark.isAhead(segment)) {
            leftBehind(segment);
        }
    }

    /** The directory has told that a segment stands where the stream is past. */
    synchronized void leftBehind(Segment segment) {
        events.late(bookmark.segment().name(), segment.name());
    }

    /**
     * The segment that was to come next holds something else now.
     *
     * @param bytes its length when it was looked at; that may have been behind what the directory
     *     has told
     */
    synchronized void overwritten(Segment segment, long bytes) {
        count(segment, isHeld(segment) && heldBytes >= 0 ? heldBytes : bytes);
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
