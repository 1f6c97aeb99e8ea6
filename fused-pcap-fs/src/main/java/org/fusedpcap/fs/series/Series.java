package org.fusedpcap.fs.series;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one directory that one capture run wrote, in order, as they come and go.
 *
 * <p><b>Protocol.</b> All changes are made by {@link SeriesUpdater} under one lock, and told to the
 * listeners under the same lock, so listeners see them one after another and each is told after the
 * index shows it. The look-ups here take no lock: they read the concurrent index, and may see a
 * change before or after its listener is told. A reader that is about to wait therefore subscribes
 * first and looks afterwards: what it did not see, it will be told.
 *
 * <p>A segment handed out may be written anew at any time. A reader that must not mix old and new
 * opens the file, {@linkplain #catchUpTo catches up} and then asks {@link #isCurrent}: if it still
 * is, whatever happens later is told as {@link Change#RESTARTED}; if not, {@link #after} goes on.
 *
 * <p>Thread-safe.
 */
public final class Series {

    private final SeriesIndex index;
    private final SeriesUpdater updater;
    private final Path directory;
    private final CatchUp catchUp;

    Series(Path directory, SeriesIndex index, SeriesUpdater updater, CatchUp catchUp) {
        this.directory = directory;
        this.catchUp = catchUp;
        this.index = index;
        this.updater = updater;
    }

    /** The directory the segments are in. */
    public Path directory() {
        return directory;
    }

    /** How many segments there are now. */
    public int size() {
        return index.size();
    }

    /** The first of all segments; empty if there is none left. */
    public Optional<Segment> oldest() {
        return index.oldest();
    }

    /** The last of all segments; empty if there is none left. */
    public Optional<Segment> newest() {
        return index.newest();
    }

    /**
     * What comes behind a segment now.
     *
     * @param segment of this series; it may be gone or written anew meanwhile
     */
    public Optional<Segment> after(Segment segment) {
        Segment here = segment.settled();
        Optional<Segment> next = index.after(here.position());
        // While a segment is moved it may be seen at both its places: it does not come behind
        // itself.
        while (next.isPresent() && next.get().settled() == here) {
            next = index.after(next.get().position());
        }
        return next;
    }

    /**
     * Returns when everything that happened in the directory before the call is seen here. The
     * caller may hold locks, except those that a listener takes.
     */
    public void catchUp() {
        catchUp.now();
    }

    /**
     * Returns when what had happened in the directory when a file was last changed is seen here. It
     * is as a rule at once, if that is some seconds older than the latest time that somebody has
     * caught up. Otherwise as {@link #catchUp}.
     *
     * @param changedNs when the file's status was changed, in nanoseconds since 1970
     */
    public void catchUpTo(long changedNs) {
        catchUp.to(changedNs);
    }

    /** Whether anything comes behind a segment now, which makes that segment complete. */
    public boolean hasAfter(Segment segment) {
        return after(segment).isPresent();
    }

    /**
     * The segment that a file is.
     *
     * @param name a file name; of a segment that is there plain and compressed, either
     * @return empty if there is no such file or it belongs to another series
     */
    public Optional<Segment> find(String name) {
        Optional<Segment> known = index.find(Compression.strip(name));
        if (known.isPresent()) {
            return known;
        }
        updater.lookAt(name);
        return index.find(Compression.strip(name));
    }

    /**
     * The segment that a file is.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws NotInSeriesException if it belongs to another series
     */
    public Segment require(String name) throws NoSuchFileException, NotInSeriesException {
        Optional<Segment> found = find(name);
        if (found.isPresent()) {
            return found.get();
        }
        if (Files.notExists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(directory.resolve(name).toString());
        }
        throw new NotInSeriesException(name + " is not of the series " + updater.description());
    }

    /**
     * The segments from one to another, both included, in order.
     *
     * @throws NotInSeriesException if {@code last} stands before {@code first}
     */
    public List<Segment> between(Segment first, Segment last) throws NotInSeriesException {
        Position from = first.settled().position();
        Position to = last.settled().position();
        if (from.compareTo(to) > 0) {
            throw new NotInSeriesException(last + " stands before " + first);
        }
        // While a segment is moved it may be seen at both its places; the set keeps it once.
        Set<String> seen = new LinkedHashSet<>();
        List<Segment> segments = new ArrayList<>();
        Collection<Segment> range = index.between(from, to);
        for (Segment segment : range) {
            if (seen.add(segment.name())) {
                segments.add(segment);
            }
        }
        return List.copyOf(segments);
    }

    /** The file that holds a segment now: it may have been compressed meanwhile. */
    public Optional<Segment> current(Segment segment) {
        return isCurrent(segment) ? Optional.of(segment.settled()) : Optional.empty();
    }

    /** Whether a segment's file is there and has not been written anew since it was handed out. */
    public boolean isCurrent(Segment segment) {
        Segment settled = segment.settled();
        return index.find(Compression.strip(settled.name()))
                .filter(now -> now == settled)
                .isPresent();
    }

    /**
     * Tells that a segment's file, still at its path, was found to hold something else: from then
     * on that is a segment behind all others. Does nothing if the series knows so already.
     */
    public void writtenAnew(Segment segment) {
        updater.writtenAnew(segment);
    }

    /**
     * The length of a segment's file when it was last looked at, in bytes.
     *
     * @return {@link SeriesListener#UNKNOWN_SIZE} if it never was, or is gone
     */
    public long lastSize(Segment segment) {
        return updater.lastSize(segment);
    }

    /** A bookmark at a segment, for a listener that tells it what is {@code moved}. */
    public Bookmark bookmark(Segment start) {
        return new Bookmark(updater, index, start);
    }

    /** From now on, tells the listener what happens. */
    public void subscribe(SeriesListener listener) {
        updater.subscribe(listener);
    }

    /** Tells a listener no more; what is being told just now may still arrive. */
    public void unsubscribe(SeriesListener listener) {
        updater.unsubscribe(listener);
    }

    SeriesUpdater updater() {
        return updater;
    }
}
