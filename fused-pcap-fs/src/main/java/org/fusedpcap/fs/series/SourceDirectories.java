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

    // Guarded by this. Nothing is listed under the lock; watches are begun and ended under it.
    private final Map<Path, SourceDirectory> directories = new LinkedHashMap<>();

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
     * @throws IOException if it is no directory or cannot be read
     */
    public SourceDirectory acquire(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(real.toString());
        }
        List<SourceDirectory> idle = new ArrayList<>();
        SourceDirectory directory;
        synchronized (this) {
            directory = directories.get(real);
            if (directory != null && directory.isGone()) {
                directories.remove(real);
                if (!directory.isUsed()) {
                    idle.add(directory);
                }
                directory = null;
            }
            if (directory == null) {
                directory = new SourceDirectory(this, real, packets);
                directory.watch(notifying, looking);
                directories.put(real, directory);
            }
            directory.use();
            idle.addAll(takeIdle(IDLE_KEPT));
        }
        idle.forEach(SourceDirectory::unwatch);
        return directory;
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
        idle.forEach(SourceDirectory::unwatch);
    }

    /** Ends all watches and closes the sources. */
    @Override
    public void close() {
        Collection<SourceDirectory> all;
        synchronized (this) {
            all = List.copyOf(directories.values());
            directories.clear();
        }
        all.forEach(SourceDirectory::unwatch);
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
