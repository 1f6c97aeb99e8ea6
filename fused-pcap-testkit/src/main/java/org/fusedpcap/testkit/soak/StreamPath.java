package org.fusedpcap.testkit.soak;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is opened.
 *
 * @param view the directory under the mount point
 * @param levels option levels, with a slash behind them, or nothing
 * @param start the first segment, as it was when it was chosen
 * @param end the last one of a range; empty for a follow
 */
record StreamPath(Path view, String levels, Written.Segment start, Optional<Written.Segment> end) {

    /** Whether it is read through the page cache. */
    boolean isCached() {
        return end.isPresent() || levels.contains("keepcache");
    }

    boolean isFollow() {
        return end.isEmpty();
    }

    @Override
    public String toString() {
        return view
                + "/"
                + levels
                + start.name()
                + end.map(segment -> ".." + segment.name()).orElse("");
    }
}
