package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.fusedpcap.fs.options.names.Target;
import org.fusedpcap.fs.series.Segment;
import org.fusedpcap.fs.series.SeriesSpec;
import org.fusedpcap.fs.series.SourceDirectories;
import org.fusedpcap.fs.series.SourceDirectory;
import org.fusedpcap.fs.series.StartedSeries;
import org.fusedpcap.fs.stream.RangeSegment;

/**
 * Lists the segments of ranges. open(2) has the kernel look up the name, ask for the mode and owner
 * and open it then, each of which needs the list, and with 50,000 files making one takes a tenth of
 * a second: so the list of a look-up serves the rest of the same call, right behind it, once each.
 * So it is for stat(2). Thread-safe.
 */
final class RangeListing {

    /**
     * The kernel does nothing else between them: what is older was for another call. Between them
     * are the answers and whatever else a busy machine does.
     */
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(1);

    /** So many files are looked at faster than another thread is there to help. */
    private static final int MANY = 1000;

    private final SourceDirectories directories;
    private final LongSupplier clock;

    /** Softly held: it may be of megabytes, and most look-ups are not for an opening. */
    private record Listing(
            int thread,
            Path directory,
            Target.Range range,
            long madeNs,
            boolean hasServedAttributes,
            SoftReference<List<RangeSegment>> segments) {

        Listing withAttributesServed() {
            return new Listing(thread, directory, range, madeNs, true, segments);
        }
    }

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
        return listAndKeep(thread, directory, range, false);
    }

    /**
     * The segments as they stood when the same call looked up the name, or as they stand now; for
     * the attributes, which are asked for once behind a look-up.
     */
    List<RangeSegment> forAttributes(int thread, Path directory, Target.Range range)
            throws IOException {
        Optional<Listing> before =
                last.filter(one -> !one.hasServedAttributes())
                        .filter(one -> isOfSameCall(one, thread, directory, range));
        Optional<List<RangeSegment>> listed = before.map(one -> one.segments().get());
        if (listed.isEmpty()) {
            return listAndKeep(thread, directory, range, true);
        }
        last = before.map(Listing::withAttributesServed);
        return listed.get();
    }

    /** The same for the opening, which is the end of the call. */
    List<RangeSegment> forOpening(int thread, Path directory, Target.Range range)
            throws IOException {
        Optional<Listing> before = last;
        forget();
        Optional<List<RangeSegment>> listed =
                before.filter(one -> isOfSameCall(one, thread, directory, range))
                        .map(one -> one.segments().get());
        return listed.isPresent() ? listed.get() : list(directory, range);
    }

    private boolean isOfSameCall(Listing listing, int thread, Path directory, Target.Range range) {
        return listing.thread() == thread
                && listing.range().equals(range)
                && listing.directory().equals(directory)
                && clock.getAsLong() - listing.madeNs() <= LONGEST_NS;
    }

    private List<RangeSegment> listAndKeep(
            int thread, Path directory, Target.Range range, boolean forAttributes)
            throws IOException {
        List<RangeSegment> segments = list(directory, range);
        if (thread != 0) {
            last =
                    Optional.of(
                            new Listing(
                                    thread,
                                    directory,
                                    range,
                                    clock.getAsLong(),
                                    forAttributes,
                                    new SoftReference<>(segments)));
        }
        return segments;
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
            return find(folder, started.series().between(started.first(), end));
        }
    }

    /** Nearly all the time goes into one system call for each, which may be made side by side. */
    private static List<RangeSegment> find(Path folder, List<Segment> listed) throws IOException {
        Stream<Segment> segments = listed.size() < MANY ? listed.stream() : listed.parallelStream();
        try {
            return segments.flatMap(segment -> find(folder, segment)).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Stream<RangeSegment> find(Path folder, Segment segment) {
        try {
            return RangeSegment.find(folder, segment.name()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
