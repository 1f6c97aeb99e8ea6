package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.fusedpcap.fs.options.names.Target;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.SeriesSpec;
import org.fusedpcap.fs.series.SourceDirectories;
import org.fusedpcap.fs.series.SourceDirectory;
import org.fusedpcap.fs.series.StartedSeries;
import org.fusedpcap.fs.stream.RangeSegment;

/**
 * Lists the segments of ranges. open(2) has the kernel look up the name and open it then, each of
 * which needs the list, and with 50,000 files making one takes a quarter of a second: so the list
 * of a look-up serves the opening by the same thread right behind it, once. Thread-safe.
 */
final class RangeListing {

    /** The kernel does nothing else between the two: what is older was for another call. */
    private static final long LONGEST_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SourceDirectories directories;
    private final LongSupplier clock;

    /** Softly held: it may be of megabytes, and most look-ups are not for an opening. */
    private record Listing(
            int thread,
            Path directory,
            Target.Range range,
            long madeNs,
            SoftReference<List<RangeSegment>> segments) {}

    private volatile Optional<Listing> last = Optional.empty();

    /**
     * @param clock like {@link System#nanoTime}
     */
    RangeListing(SourceDirectories directories, LongSupplier clock) {
        this.directories = directories;
        this.clock = clock;
    }

    /**
     * The segments as they stand now, for a look-up.
     *
     * @param thread id of the thread that asks; 0 if it is not known
     */
    List<RangeSegment> lookUp(int thread, Path directory, Target.Range range) throws IOException {
        List<RangeSegment> segments = list(directory, range);
        if (thread != 0) {
            long now = clock.getAsLong();
            last =
                    Optional.of(
                            new Listing(
                                    thread, directory, range, now, new SoftReference<>(segments)));
        }
        return segments;
    }

    /** The segments as they stood when the same call looked up the name, or as they stand now. */
    List<RangeSegment> forOpening(int thread, Path directory, Target.Range range)
            throws IOException {
        Optional<Listing> before = last;
        forget();
        Optional<List<RangeSegment>> listed =
                before.filter(one -> one.thread() == thread && one.range().equals(range))
                        .filter(one -> one.directory().equals(directory))
                        .filter(one -> clock.getAsLong() - one.madeNs() <= LONGEST_NS)
                        .map(one -> one.segments().get());
        return listed.isPresent() ? listed.get() : list(directory, range);
    }

    /** A look-up was answered without a list: what was listed before is another call's. */
    void forget() {
        last = Optional.empty();
    }

    private List<RangeSegment> list(Path directory, Target.Range range) throws IOException {
        try (SourceDirectory watched = directories.acquire(directory)) {
            StartedSeries started =
                    watched.open(range.start(), SeriesSpec.of(range.place().options()));
            Segment end = started.series().require(range.end());
            Path folder = started.first().path().getParent();
            List<RangeSegment> segments = new ArrayList<>();
            for (Segment segment : started.series().between(started.first(), end)) {
                RangeSegment.find(folder, segment.name()).ifPresent(segments::add);
            }
            return List.copyOf(segments);
        }
    }
}
