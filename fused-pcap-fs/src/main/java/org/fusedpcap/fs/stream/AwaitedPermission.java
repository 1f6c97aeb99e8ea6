package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.fs.linux.FileStatus;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.Series;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a segment that may not be read is waited for. A capture program may be set up to give
 * leave only when a file is complete: as long as there is none behind it, nothing is lost by
 * waiting, and then there is a moment yet. Used under the stream's lock.
 */
final class AwaitedPermission {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedPermission.class);

    /** How long a segment that was changed is waited for though there is another one behind it. */
    private static final long MOMENT_MS = 1000;

    private final Series series;
    private final EndRule ends;

    /** The segment that was waited for last: that is said once. */
    private Optional<Segment> awaited = Optional.empty();

    AwaitedPermission(Series series, EndRule ends) {
        this.series = series;
        this.ends = ends;
    }

    /** Asked for a segment that could not be opened. */
    boolean isAwaited(Segment segment) {
        boolean newest = series.after(segment).isEmpty();
        boolean wait = newest ? !ends.endsAt(segment.name()) : wasChangedJustNow(segment);
        if (wait && newest && awaited.filter(segment::equals).isEmpty()) {
            LOG.warn("{} may not be read yet: its readers wait", segment.path());
            awaited = Optional.of(segment);
        }
        return wait;
    }

    private static boolean wasChangedJustNow(Segment segment) {
        try {
            long changedMs =
                    TimeUnit.NANOSECONDS.toMillis(FileStatus.of(segment.path()).changedNs());
            // A clock that was set back makes it the future.
            return Math.abs(System.currentTimeMillis() - changedMs) < MOMENT_MS;
        } catch (IOException e) {
            return false;
        }
    }
}
