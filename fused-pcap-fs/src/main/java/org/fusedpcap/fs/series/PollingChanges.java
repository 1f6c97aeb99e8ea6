package org.fusedpcap.fs.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for changes, where the kernel cannot tell them: several times a second at the directory's
 * time of modification and at the few files that a reader waits on. The directory is listed only
 * when its time has changed, so a directory of 50,000 files costs as little as one of five.
 *
 * <p>Changes within one tick of the file system's clock leave the same time, so a changed directory
 * is listed a second time when that tick is over.
 *
 * <p>It cannot tell {@link FileChange.Kind#CLOSED}.
 *
 * <p>Thread-safe: one thread tells when to look, another looks, and more where one is stuck, so
 * that a directory on a server which does not answer holds up no other one; {@link
 * ChangeSource.Watch#sync} looks on the caller's. Each watch is looked at by one of them at a time,
 * and one whose last look is not over is passed over.
 */
public final class PollingChanges implements ChangeSource {

    private static final Logger LOG = LoggerFactory.getLogger(PollingChanges.class);
    private static final long LOOKER_IDLE_SECONDS = 2;
    private static final Duration COARSE_TICK = Duration.ofSeconds(2);

    private final Duration interval;
    private final Set<Look> looks = new CopyOnWriteArraySet<>();

    // As a rule one thread looks at all, one after the other. Where that takes longer than a tick,
    // the next one goes on with those that nobody looks at.
    private final ExecutorService lookers =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    LOOKER_IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    task -> daemon(task, "series-poll-look"));

    // Guarded by this; there is no thread before the first watch.
    private Optional<ScheduledExecutorService> ticks = Optional.empty();
    private boolean closed;

    /**
     * @param interval from one look to the next
     */
    public PollingChanges(Duration interval) {
        this.interval = interval;
    }

    @Override
    public Watch watch(Path directory, DirectoryListener listener) throws IOException {
        Look look = new Look(directory, listener);
        look.begin();
        return add(look);
    }

    private synchronized Watch add(Look look) throws IOException {
        if (closed) {
            throw new IOException("the watching of directories has ended");
        }
        looks.add(look);
        if (ticks.isEmpty()) {
            ticks = Optional.of(start());
        }
        return look;
    }

    private ScheduledExecutorService start() {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "series-poll"));
        long nanos = interval.toNanos();
        started.scheduleWithFixedDelay(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
        return started;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void tick() {
        try {
            lookers.execute(this::lookAtAll);
        } catch (RuntimeException | OutOfMemoryError noThread) {
            // Thrown on, it would end the ticks; when this is closed, there are no more.
            LOG.debug("Directories are looked at later", noThread);
        }
    }

    private void lookAtAll() {
        for (Look look : looks) {
            look.lookUnlessBusy();
        }
    }

    @Override
    public boolean seesAll(Path directory) {
        return true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        looks.clear();
        ticks.ifPresent(ScheduledExecutorService::shutdownNow);
        ticks = Optional.empty();
        lookers.shutdown();
    }

    private final class Look implements Watch {

        private final Path directory;
        private final DirectoryListener listener;
        private final AtomicBoolean isBusy = new AtomicBoolean();

        // Guarded by this.
        private final Map<String, FileState> files = new HashMap<>();
        private Optional<State> state = Optional.empty();
        private Optional<Instant> listAgainAt = Optional.empty();

        /** Set without the monitor, which a look that is not answered holds. */
        private volatile boolean ended;

        /** What it was when last looked at; another directory may have been put in its place. */
        private record State(FileTime modified, Optional<Object> key) {}

        Look(Path directory, DirectoryListener listener) {
            this.directory = directory;
            this.listener = listener;
        }

        synchronized void begin() {
            state = state();
        }

        /** Looks as {@link #sync}, unless another tick's look is not over yet. */
        void lookUnlessBusy() {
            if (!isBusy.compareAndSet(false, true)) {
                return;
            }
            try {
                sync();
            } catch (Throwable failure) {
                // The other directories are to be looked at all the same.
                LOG.error("Looking at {} failed", directory, failure);
            } finally {
                isBusy.set(false);
            }
        }

        @Override
        public synchronized boolean sync() {
            if (ended) {
                return false;
            }
            boolean taken = false;
            try {
                lookAtDirectory();
                lookAtFiles();
                taken = true;
                return true;
            } finally {
                if (!taken) {
                    // What the listener failed on will not be told again: it is to list all.
                    listAgainAt = Optional.of(Instant.now());
                }
            }
        }

        @Override
        public void close() {
            ended = true;
            looks.remove(this);
        }

        private void lookAtDirectory() {
            Optional<State> now = state();
            boolean due =
                    listAgainAt.filter(at -> !Instant.now().isBefore(at)).isPresent()
                            || listener.isBehind();
            if (now.equals(state) && !due) {
                return;
            }
            listAgainAt =
                    now.equals(state)
                            ? Optional.empty()
                            : now.map(State::modified).map(this::tickAfter);
            state = now;
            listener.lost();
        }

        private Instant tickAfter(FileTime time) {
            boolean coarse = time.toInstant().getNano() == 0;
            return Instant.now().plus(coarse ? COARSE_TICK : interval);
        }

        private void lookAtFiles() {
            List<FileChange> batch = new ArrayList<>();
            Map<String, FileState> seen = new HashMap<>();
            for (String name : listener.hotNames()) {
                Optional<FileState> now = FileState.of(directory.resolve(name));
                now.ifPresent(state -> seen.put(name, state));
                now.flatMap(state -> kind(state, Optional.ofNullable(files.get(name))))
                        .ifPresent(kind -> batch.add(new FileChange(name, kind)));
            }
            files.clear();
            files.putAll(seen);
            if (!batch.isEmpty()) {
                listener.changed(batch);
            }
        }

        private Optional<FileChange.Kind> kind(FileState now, Optional<FileState> before) {
            // What is seen for the first time may have grown since a reader looked at it.
            if (before.isEmpty() || now.size() != before.get().size()) {
                return Optional.of(FileChange.Kind.MODIFIED);
            }
            if (!now.file().equals(before.get().file())) {
                return Optional.of(FileChange.Kind.MOVED_IN);
            }
            return now.equals(before.get())
                    ? Optional.empty()
                    : Optional.of(FileChange.Kind.TOUCHED);
        }

        private Optional<State> state() {
            try {
                BasicFileAttributes is = Files.readAttributes(directory, BasicFileAttributes.class);
                return Optional.of(
                        new State(is.lastModifiedTime(), Optional.ofNullable(is.fileKey())));
            } catch (IOException absent) {
                return Optional.empty();
            }
        }
    }
}
