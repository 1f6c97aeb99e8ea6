package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.series.Bookmark;
import org.fusedpcap.fs.series.Segment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a segment that may not be read is waited for. A capture program may be set up to give
 * leave only when a file is complete: as long as there is none behind it, nothing is lost by
 * waiting, and then there is a moment yet. Used under the stream's lock.
 */
final class AwaitedPermission {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedPermission.class);

    /** How long a segment is waited for once there is another one behind it. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(1);

    private final Bookmark bookmark;
    private final EndRule ends;
    private final LongSupplier clock;

    private Optional<Segment> awaited = Optional.empty();

    /** When another one was first seen behind it, by the clock. */
    private Optional<Long> sinceNs = Optional.empty();

    /** Whether the stream may end behind it: somebody may write to it yet. */
    private QuietTime quiet;

    /**
     * @param clock like {@link System#nanoTime}
     */
    AwaitedPermission(Bookmark bookmark, EndRule ends, LongSupplier clock) {
        this.bookmark = bookmark;
        this.ends = ends;
        this.clock = clock;
        this.quiet = new QuietTime(clock);
    }

    /** Asked for a segment that could not be opened. */
    boolean isAwaited(Segment segment) {
        boolean newest = bookmark.after(segment).isEmpty();
        if (awaited.filter(segment::equals).isEmpty()) {
            if (!newest && !wasChangedJustNow(segment)) {
                return false;
            }
            await(segment, newest);
        }
        return newest ? !mayEndBehind(segment) : isMomentLeft();
    }

    private void await(Segment segment, boolean newest) {
        awaited = Optional.of(segment);
        sinceNs = Optional.empty();
        quiet = new QuietTime(clock);
        if (newest) {
            LOG.warn("{} may not be read yet: its readers wait", segment.path());
        }
    }

    private boolean isMomentLeft() {
        long now = clock.getAsLong();
        long since = sinceNs.orElse(now);
        sinceNs = Optional.of(since);
        return now - since < MOMENT_NS;
    }

    private boolean mayEndBehind(Segment segment) {
        return ends.endsAt(segment.name())
                && status(segment).map(now -> quiet.isReached(now.identity())).orElse(true);
    }

    private static boolean wasChangedJustNow(Segment segment) {
        // A clock that was set back makes it the future.
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return status(segment).filter(s -> Math.abs(now - s.changedNs()) < MOMENT_NS).isPresent();
    }

    private static Optional<FileStatus> status(Segment segment) {
        try {
            return Optional.of(FileStatus.of(segment.path()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
