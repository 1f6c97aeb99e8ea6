package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The source directories of one mount that are being watched, one {@link SourceDirectory} for each
 * real directory. The last few that nobody uses any more are watched on, so that opening and
 * closing a range again and again lists its directory once.
 *
 * <p>Thread-safe.
 */
public final class SourceDirectories implements AutoCloseable {

    private static final int IDLE_KEPT = 4;

    private final ChangeSource notifying;
    private final ChangeSource looking;
    private final PacketTimes packets;

    /** The directories that are watched, for counting them without the lock. */
    private final Set<SourceDirectory> watched = ConcurrentHashMap.newKeySet();

    // Guarded by this. No disk is asked for anything under the lock: a watch is begun outside, by
    // whoever needs it first, and others who need it wait for him.
    private final Map<Path, SourceDirectory> directories = new LinkedHashMap<>();

    /** Guarded by this. */
    private boolean closed;

    /**
     * @param notifying is told by the kernel
     * @param looking looks for itself where the kernel cannot tell
     */
    public SourceDirectories(ChangeSource notifying, ChangeSource looking, PacketTimes packets) {
        this.notifying = notifying;
        this.looking = looking;
        this.packets = packets;
    }

    /**
     * Watches a directory, or shares it with those who do already; {@link SourceDirectory#close} it
     * once for each call.
     *
     * @throws IOException if it is no directory or cannot be read, or all watches have ended
     */
    public SourceDirectory acquire(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(real.toString());
        }
        known(real).ifPresent(SourceDirectory::follow);
        List<SourceDirectory> idle = new ArrayList<>();
        SourceDirectory directory;
        synchronized (this) {
            if (closed) {
                throw new IOException(real + " is not watched any more");
            }
            directory = directories.get(real);
            if (directory != null && directory.isGone()) {
                directories.remove(real);
                if (!directory.isUsed()) {
                    idle.add(directory);
                }
                directory = null;
            }
            if (directory == null) {
                directory = new SourceDirectory(this, real, notifying, looking, packets);
                directories.put(real, directory);
                watched.add(directory);
            }
            directory.use();
            idle.addAll(takeIdle(IDLE_KEPT));
        }
        idle.forEach(this::unwatch);
        boolean isWatched = false;
        try {
            directory.watch();
            isWatched = true;
            return directory;
        } finally {
            if (!isWatched) {
                drop(directory);
            }
        }
    }

    private void drop(SourceDirectory directory) {
        boolean isUsed;
        synchronized (this) {
            directory.unuse();
            directories.remove(directory.path(), directory);
            isUsed = directory.isUsed();
        }
        if (!isUsed) {
            unwatch(directory);
        }
    }

    private synchronized Optional<SourceDirectory> known(Path real) {
        return Optional.ofNullable(directories.get(real));
    }

    void release(SourceDirectory directory) {
        List<SourceDirectory> idle;
        synchronized (this) {
            directory.unuse();
            idle = takeIdle(IDLE_KEPT);
            if (directories.get(directory.path()) != directory && !directory.isUsed()) {
                idle.add(directory);
            }
        }
        idle.forEach(this::unwatch);
    }

    /** How many directories are watched, and how. Waits for nothing. */
    public WatchCounts watched() {
        int all = 0;
        int polled = 0;
        for (SourceDirectory directory : watched) {
            all++;
            polled += directory.isPolled() ? 1 : 0;
        }
        return new WatchCounts(all - polled, polled);
    }

    /** Whether only this kernel changes a directory: its file system is a local one. */
    public boolean isLocal(Path directory) {
        return notifying.seesAll(directory);
    }

    private void unwatch(SourceDirectory directory) {
        watched.remove(directory);
        directory.unwatch();
    }

    /** Ends all watches and closes the sources. */
    @Override
    public void close() {
        Collection<SourceDirectory> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(directories.values());
            directories.clear();
        }
        all.forEach(this::unwatch);
        notifying.close();
        looking.close();
    }

    private List<SourceDirectory> takeIdle(int kept) {
        List<SourceDirectory> idle = new ArrayList<>();
        for (SourceDirectory directory : directories.values()) {
            if (!directory.isUsed()) {
                idle.add(directory);
            }
        }
        int surplus = Math.max(0, idle.size() - kept);
        List<SourceDirectory> taken = new ArrayList<>(idle.subList(0, surplus));
        taken.forEach(directory -> directories.remove(directory.path()));
        return taken;
    }
}
