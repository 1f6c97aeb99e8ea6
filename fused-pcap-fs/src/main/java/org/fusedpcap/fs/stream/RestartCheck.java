package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.Optional;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.Series;

/**
 * Tells whether a segment's file has become another, later segment of the series in place, for one
 * stream. Not thread-safe; used under the stream's lock.
 *
 * <p><b>Protocol.</b> The series tells of that, but a moment late. So the order counts: first the
 * file's first packet is seen, then is waited until everything is told that had happened when the
 * file was last changed, then the series is asked. If the packet is one of another segment, the
 * kernel had the notice before: a writer cuts a file before it writes to it, and the notice is
 * there when that system call returns. Whatever overwrites the file from then on is noticed by the
 * first packet ({@link RecordScan#check}), so this is done once. Where there is no packet yet, it
 * is done again before anything is handed out.
 */
final class RestartCheck {

    private final Series series;

    /** Where the stream has, or comes next, if what is there is the segment's for certain. */
    private Optional<ReadPosition> sure = Optional.empty();

    RestartCheck(Series series) {
        this.series = series;
    }

    /**
     * Whether the file is another segment, for certain; to be asked behind each look that has found
     * something, until there is a packet.
     */
    boolean isRestarted(Segment segment, ReadPosition position) throws IOException {
        if (sure.filter(known -> known == position).isPresent()) {
            return isToldRestarted(segment, position);
        }
        boolean known = position.file().isBeginningKnown();
        series.catchUpTo(position.file().changedNs());
        boolean restarted = isToldRestarted(segment, position);
        if (known && !restarted) {
            sure = Optional.of(position);
        }
        return restarted;
    }

    /**
     * Whether the file is another segment as far as is told. One that has just appeared may not be
     * the current one for a moment; but then there is no later one.
     */
    boolean isToldRestarted(Segment segment, ReadPosition position) {
        return !series.isCurrent(segment)
                && position.file().isStillAtItsPath()
                && series.find(segment.name()).filter(now -> now.isBehind(segment)).isPresent();
    }
}
