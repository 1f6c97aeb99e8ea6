package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a directory is watched: by what the kernel tells, by looking, or both; and which directory
 * that is, for another one may be put at its path.
 *
 * <p>Thread-safe. Under its monitor watches are begun, which may take for ever where a server does
 * not answer; nothing is listed and nobody told. The end does not wait for that: whoever begins a
 * watch looks afterwards whether the end has come, and whoever ends says so before he closes what
 * is there, so one of them closes it.
 */
final class DirectoryWatches {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatches.class);

    private final Path path;
    private final ChangeSource notifying;
    private final ChangeSource looking;
    private final DirectoryListener listener;
    private final List<ChangeSource.Watch> watches = new CopyOnWriteArrayList<>();

    // Written under the monitor.
    private volatile boolean polled;
    private volatile Optional<Object> watched = Optional.empty();

    private volatile boolean ended;

    // Guarded by this.
    private boolean begun;

    /**
     * @param notifying is told by the kernel
     * @param looking looks for itself where the kernel cannot tell
     */
    DirectoryWatches(
            Path path, ChangeSource notifying, ChangeSource looking, DirectoryListener listener) {
        this.path = path;
        this.notifying = notifying;
        this.looking = looking;
        this.listener = listener;
    }

    /**
     * Watches what is at the path, if nobody has begun to.
     *
     * @throws IOException if that cannot even be looked at
     */
    synchronized void begin() throws IOException {
        if (!begun) {
            watch();
            begun = true;
        }
    }

    private void watch() throws IOException {
        // First: whatever is put there from now on is another one.
        watched = keyAt(path);
        polled = false;
        boolean told = false;
        try {
            add(notifying.watch(path, listener));
            told = true;
        } catch (IOException unable) {
            LOG.warn("{} is looked at instead of watched: {}", path, unable.getMessage());
        }
        if (!told || !notifying.seesAll(path)) {
            look();
        }
    }

    private void look() throws IOException {
        add(looking.watch(path, listener));
        polled = true;
    }

    private void add(ChangeSource.Watch watch) {
        watches.add(watch);
        if (ended) {
            closeAll();
        }
    }

    /**
     * Watches what is at the path now instead, or looks for it.
     *
     * @return whether there is a directory
     */
    synchronized boolean beginAnew() {
        closeAll();
        if (ended) {
            return Files.isDirectory(path);
        }
        if (Files.isDirectory(path)) {
            try {
                watch();
                return true;
            } catch (IOException gone) {
                LOG.debug("{} was there for a moment", path, gone);
                closeAll();
            }
        }
        try {
            look();
        } catch (IOException unable) {
            LOG.error("{} cannot be looked for", path, unable);
        }
        return false;
    }

    /**
     * Whether the kernel is told to watch a directory that is not what is at the path now. Where it
     * is looked at the path, that does not matter.
     */
    boolean hasLeftItsPath() {
        try {
            return !polled && watched.isPresent() && !keyAt(path).equals(watched);
        } catch (NoSuchFileException none) {
            return true;
        } catch (IOException unable) {
            return false;
        }
    }

    private static Optional<Object> keyAt(Path path) throws IOException {
        return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    /** Waits until everything that happened before the call has been told; whether it has. */
    boolean sync() {
        boolean watched = false;
        boolean told = true;
        for (ChangeSource.Watch watch : watches) {
            told &= watch.sync();
            watched = true;
        }
        return watched && told;
    }

    /** Whether it is looked at, as the kernel alone does not tell everything. */
    boolean isPolled() {
        return polled;
    }

    /** Ends it for good; waits for nothing. */
    void end() {
        ended = true;
        closeAll();
    }

    private void closeAll() {
        for (ChangeSource.Watch watch : watches) {
            watch.close();
            watches.remove(watch);
        }
    }
}
