package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of captures that is being watched, and the series in it that are in use.
 *
 * <p><b>Protocol.</b> A series is held weakly: it is kept up to date for as long as a reader has
 * it, and the last few are held for the next reader. It is put among the live ones before the
 * directory is listed for it, so it is told whatever the listing may miss. Opening asks the sources
 * to tell all they know first, so what a user did before {@code open()} is seen by that {@code
 * open()}.
 *
 * <p>When the directory itself goes away, its segments are removed, and it is looked for five times
 * a second at its path. One that is put there again is read on. Where another one is put there at
 * once, that is watched like the first; the kernel may not tell, so it is looked twice a second
 * while somebody has it, and with each {@code open()}. When it merely cannot be reached
 * (permissions on the way to it, a server that does not answer), nothing is removed, and the
 * sources tell again until it can be listed ({@link Relisting}).
 *
 * <p>Thread-safe.
 */
public final class SourceDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceDirectory.class);

    private static final long REPLACING_LIMIT_SECONDS = 10;

    private final SourceDirectories owner;
    private final Path path;
    private final SeriesCache series;
    private final AtomicLong scans = new AtomicLong();
    private final DirectoryWatches watches;
    private final CatchUp catchUp;
    private final Relisting relisting = new Relisting();
    private final DirectoryListener listener = new Listener();

    /** Held while it is told that the directory is gone, or another one. */
    private final ReentrantLock replacing = new ReentrantLock();

    private volatile boolean gone;

    /** Changed under the owner's lock. */
    private final AtomicInteger users = new AtomicInteger();

    SourceDirectory(
            SourceDirectories owner,
            Path path,
            ChangeSource notifying,
            ChangeSource looking,
            PacketTimes packets) {
        this.owner = owner;
        this.watches = new DirectoryWatches(path, notifying, looking, listener);
        this.catchUp = new CatchUp(this::sync);
        this.path = path;
        this.series = new SeriesCache(path, packets, catchUp);
    }

    /** The directory's real path. */
    public Path path() {
        return path;
    }

    /** How often the whole directory has been listed. */
    public long scans() {
        return scans.get();
    }

    /**
     * The series that a file belongs to.
     *
     * @param start name of a file in the directory
     * @throws NoSuchFileException if there is no such file
     * @throws NotInSeriesException if it cannot be a segment: a dot file, no regular file, or not
     *     matched by {@code filematch}
     * @throws IOException if the directory cannot be listed
     */
    public StartedSeries open(String start, SeriesSpec spec) throws IOException {
        Path file = path.resolve(start);
        catchUp.now();
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new NotInSeriesException(start + " is no regular file");
        }
        Optional<Series> shared = series.find(start, spec);
        Series found = shared.isPresent() ? shared.get() : series.add(start, spec, this::fill);
        Segment first =
                found.find(start)
                        .orElseThrow(
                                () -> new NotInSeriesException(start + " cannot be a segment"));
        return new StartedSeries(found, first);
    }

    private void fill(SeriesUpdater updater) throws IOException {
        if (updater.begin(names())) {
            listener.lost();
        }
    }

    private List<String> names() throws IOException {
        scans.incrementAndGet();
        String[] names = path.toFile().list();
        if (names != null) {
            return readable(names);
        }
        try (var stream = Files.newDirectoryStream(path)) {
            // It can now.
            throw new IOException(stream + " could not be listed");
        }
    }

    private List<String> readable(String[] names) {
        List<String> readable = new ArrayList<>(names.length);
        for (String name : names) {
            if (UnreadableNames.isUnreadable(path, name)) {
                LOG.warn("{} in {} is left out: its name is not UTF-8", name, path);
            } else {
                readable.add(name);
            }
        }
        return readable;
    }

    /** Releases what {@link SourceDirectories#acquire} gave. */
    @Override
    public void close() {
        owner.release(this);
    }

    /** Begins to watch it, if nobody has. */
    void watch() throws IOException {
        watches.begin();
    }

    /** Any thread: whether it is looked at, as the kernel alone does not tell everything. */
    boolean isPolled() {
        return watches.isPolled();
    }

    void unwatch() {
        watches.end();
    }

    /**
     * Waits until everything that happened before the call has been told. Where another directory
     * is being put in the place of the one that was watched, that has to be told as well: its own
     * watch may have been begun, and tells nothing of it.
     */
    private boolean sync() {
        boolean told = watches.sync();
        try {
            if (!replacing.tryLock(REPLACING_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return false;
            }
            replacing.unlock();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        // The watch that was waited for has ended if another one has taken its place.
        return told || watches.sync();
    }

    /** Goes on with what is at the path now, if that is another directory. */
    void follow() {
        if (listener.hasLeftItsPath()) {
            listener.gone();
        }
    }

    boolean isGone() {
        return gone;
    }

    void use() {
        users.incrementAndGet();
    }

    void unuse() {
        users.decrementAndGet();
    }

    /** Any thread: whether somebody has it. */
    boolean isUsed() {
        return users.get() > 0;
    }

    private final class Listener implements DirectoryListener {

        @Override
        public void changed(List<FileChange> batch) {
            boolean taken = true;
            for (Series one : series.live()) {
                taken &= one.updater().changed(batch);
            }
            if (!taken) {
                relisting.ask();
            }
        }

        @Override
        public void lost() {
            boolean again = relisting.isDue();
            long asked = relisting.ask();
            List<Series> live = series.live();
            try {
                List<String> names = live.isEmpty() ? List.of() : namesOrNone();
                boolean taken = true;
                for (Series one : live) {
                    taken &= one.updater().relist(names);
                }
                if (taken) {
                    relisting.done(asked);
                }
            } catch (IOException unable) {
                if (!again) {
                    LOG.warn("{} cannot be listed now, it is tried again: {}", path, why(unable));
                }
            }
        }

        @Override
        public boolean isBehind() {
            return relisting.isDue();
        }

        @Override
        public boolean isUsed() {
            return SourceDirectory.this.isUsed();
        }

        @Override
        public boolean hasLeftItsPath() {
            return watches.hasLeftItsPath();
        }

        // One at a time: who comes second finds it done.
        @Override
        public void gone() {
            replacing.lock();
            try {
                goOnWithWhatIsThere();
            } finally {
                replacing.unlock();
            }
        }

        private void goOnWithWhatIsThere() {
            boolean replaced = watches.hasLeftItsPath();
            gone = !watches.beginAnew();
            if (gone) {
                LOG.warn("{} is gone; it is looked for until its readers leave", path);
            } else if (replaced) {
                LOG.warn("{} is another directory now; its readers go on with that", path);
            }
            if (replaced) {
                series.live().forEach(one -> one.updater().replaced());
            }
            // Behind that: it may have been made again before it was watched.
            lost();
        }

        @Override
        public Collection<String> hotNames() {
            List<String> names = new ArrayList<>();
            series.live().forEach(one -> names.addAll(one.updater().hotNames()));
            return names;
        }

        private static String why(IOException unable) {
            return unable instanceof AccessDeniedException
                    ? "permission denied"
                    : unable.getMessage();
        }

        private List<String> namesOrNone() throws IOException {
            try {
                return names();
            } catch (NoSuchFileException | NotDirectoryException absent) {
                return List.of();
            }
        }
    }
}
