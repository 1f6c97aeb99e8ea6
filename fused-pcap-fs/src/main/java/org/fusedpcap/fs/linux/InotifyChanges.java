package org.fusedpcap.fs.linux;

import static org.fusedpcap.fs.linux.InotifyEvents.IN_ATTRIB;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_CLOSE_WRITE;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_CREATE;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_DELETE;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_DELETE_SELF;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_MODIFY;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_MOVED_FROM;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_MOVED_TO;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_MOVE_SELF;
import static org.fusedpcap.fs.linux.InotifyEvents.IN_ONLYDIR;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.Runtime;
import org.fusedpcap.fs.series.ChangeSource;
import org.fusedpcap.fs.series.DirectoryListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told by the kernel what happens in directories: one inotify instance and one thread for all of
 * them, which touches no file, and one for each directory while there is something to tell of it
 * ({@link DirectoryNews}).
 *
 * <p><b>Protocol.</b> The thread alone reads the descriptor. It waits in ppoll(2) for the inotify
 * descriptor and for {@link InotifyWakeup}, without a time limit unless somebody is to be asked
 * again: who could not take in all that he was told, is told again until he can, and of a directory
 * that is used it is looked whether it still is at its path. A writer that flushes every packet
 * makes 100,000 events a second; the kernel merges equal ones that follow one another while nobody
 * reads them, so after a batch the thread waits {@value InotifyWakeup#REST_NANOS} ns, in which it
 * can only be woken by {@link Watch#sync} or the end. The first event after a pause is told at
 * once.
 *
 * <p>An event is in the kernel's queue before the system call that caused it returns. {@code sync}
 * therefore asks in {@code syncs} and wakes the thread, which takes what is asked first, then reads
 * until the queue is empty, then puts a latch behind the news of the directories it was asked for.
 *
 * <p>A watch descriptor belongs to an inode. Two watches of one directory (by two mounts of it)
 * share it, and it is given back with the last of them; {@code watches} is changed under this
 * object's monitor and read without it. The kernel is asked for a watch without the monitor, as
 * that may take for ever where a server does not answer. While somebody asks, no watch is given
 * back and the descriptor stays open: it may be the one that he gets.
 */
public final class InotifyChanges implements ChangeSource {

    private static final Logger LOG = LoggerFactory.getLogger(InotifyChanges.class);

    private static final int MASK =
            IN_CREATE
                    | IN_MOVED_TO
                    | IN_MOVED_FROM
                    | IN_DELETE
                    | IN_MODIFY
                    | IN_ATTRIB
                    | IN_CLOSE_WRITE
                    | IN_DELETE_SELF
                    | IN_MOVE_SELF
                    | IN_ONLYDIR;

    private static final int EVERYONE = InotifyReader.EVERYONE;
    private static final int IN_CLOEXEC = 0x80000;
    private static final int IN_NONBLOCK = 0x800;
    private static final long SYNC_LIMIT_SECONDS = 10;
    private static final long TELLER_IDLE_SECONDS = 2;
    private static final long TELLERS_END_SECONDS = 1;

    private final InotifyLibC libc = InotifyLibC.load();
    private final Runtime runtime = Runtime.getRuntime(libc);
    private final int descriptor;
    private final InotifyWakeup wakeup;
    private final Thread thread;
    private final Map<Integer, List<DirectoryWatch>> watches = new ConcurrentHashMap<>();
    private final Queue<Sync> syncs = new LinkedBlockingQueue<>();
    private final ExecutorService tellers =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    TELLER_IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    InotifyChanges::teller);
    private volatile boolean closed;

    // Guarded by this: how many ask the kernel for a watch, which ones it is to be given back,
    // whether the thread has ended, and whether the descriptor is closed.
    private int asking;
    private final Set<Integer> unused = new HashSet<>();
    private boolean ended;
    private boolean isGivenBack;

    /** When those are asked again who are waiting; the thread's own. */
    private long againAt = System.nanoTime();

    /**
     * @param latch is opened when the news are told
     */
    private record Sync(DirectoryNews news, CountDownLatch latch) {}

    /**
     * Starts the thread.
     *
     * @throws IOException if the kernel gives no inotify instance
     */
    public InotifyChanges() throws IOException {
        descriptor = libc.inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        if (descriptor < 0) {
            throw failure("inotify_init1");
        }
        wakeup = new InotifyWakeup(libc, descriptor);
        thread = new Thread(this::run, "series-inotify");
        thread.setDaemon(true);
        thread.start();
    }

    private static Thread teller(Runnable task) {
        Thread teller = new Thread(task, "series-news");
        teller.setDaemon(true);
        return teller;
    }

    @Override
    public Watch watch(Path directory, DirectoryListener listener) throws IOException {
        beginAsking();
        try {
            int number = libc.inotify_add_watch(descriptor, directory.toString(), MASK);
            if (number < 0) {
                throw failure("inotify_add_watch");
            }
            return add(new DirectoryWatch(number, new DirectoryNews(listener, tellers)));
        } finally {
            endAsking();
        }
    }

    private synchronized void beginAsking() throws IOException {
        requireOpen();
        asking++;
    }

    private synchronized DirectoryWatch add(DirectoryWatch watch) throws IOException {
        requireOpen();
        watches.computeIfAbsent(watch.number, key -> new CopyOnWriteArrayList<>()).add(watch);
        return watch;
    }

    private synchronized void endAsking() {
        asking--;
        giveBack();
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the watching of directories has ended");
        }
    }

    private synchronized void remove(DirectoryWatch watch) {
        List<DirectoryWatch> sharing = watches.getOrDefault(watch.number, List.of());
        if (sharing.remove(watch) && sharing.isEmpty()) {
            watches.remove(watch.number);
            unused.add(watch.number);
            giveBack();
        }
    }

    private void giveBack() {
        if (asking > 0 || isGivenBack) {
            return;
        }
        if (ended) {
            // All watches with it.
            libc.close(descriptor);
            isGivenBack = true;
            return;
        }
        unused.stream()
                .filter(number -> !watches.containsKey(number))
                .forEach(number -> libc.inotify_rm_watch(descriptor, number));
        unused.clear();
    }

    @Override
    public boolean seesAll(Path directory) {
        return !FileSystemType.mayChangeUnseen(libc, directory);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        wakeup.wake();
        join();
        told(EVERYONE).forEach(DirectoryNews::end);
        tellers.shutdown();
        endTellers();
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    // One that waits for a server which does not answer is not waited for.
    private void endTellers() {
        try {
            tellers.awaitTermination(TELLERS_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        InotifyReader reader = new InotifyReader(libc, descriptor, this::told);
        try {
            while (!closed) {
                wakeup.await(isAnyoneWaiting());
                boolean synced = !syncs.isEmpty();
                readAll(reader);
                if (!synced && !closed) {
                    wakeup.rest();
                }
            }
        } catch (Throwable broken) {
            LOG.error("Changes of directories are no longer told", broken);
            // They are not to be watched here again.
            closed = true;
            told(EVERYONE).forEach(DirectoryNews::gone);
            told(EVERYONE).forEach(DirectoryNews::tellIfNobodyDoes);
        } finally {
            end();
        }
    }

    private boolean isAnyoneWaiting() {
        for (DirectoryNews news : told(EVERYONE)) {
            if (isWaiting(news.listener())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWaiting(DirectoryListener listener) {
        return listener.isBehind() || listener.isUsed();
    }

    private void readAll(InotifyReader reader) throws IOException {
        List<Sync> asked = new ArrayList<>();
        for (Sync sync = syncs.poll(); sync != null; sync = syncs.poll()) {
            asked.add(sync);
        }
        boolean isRead = false;
        try {
            while (!closed && reader.read()) {
                // Until nothing is left.
            }
            isRead = true;
        } finally {
            // Before those who wait are let go: they must not take it for told.
            closed |= !isRead;
            asked.forEach(sync -> sync.news().open(sync.latch()));
        }
        if (System.nanoTime() - againAt >= 0) {
            lookAgain();
            againAt = System.nanoTime() + InotifyWakeup.AGAIN_NANOS;
        }
    }

    private void lookAgain() {
        for (DirectoryNews news : told(EVERYONE)) {
            if (isWaiting(news.listener())) {
                news.look();
            }
        }
    }

    private Iterable<DirectoryNews> told(int number) {
        Stream<DirectoryWatch> told =
                number == EVERYONE
                        ? watches.values().stream().flatMap(List::stream)
                        : watches.getOrDefault(number, List.of()).stream();
        return told.map(watch -> watch.news).toList();
    }

    private synchronized void end() {
        closed = true;
        ended = true;
        giveBack();
        wakeup.close();
        syncs.forEach(sync -> sync.latch().countDown());
    }

    private IOException failure(String call) {
        int number = LastError.getLastError(runtime);
        return new IOException(call + ": " + Errno.valueOf(number).description());
    }

    private final class DirectoryWatch implements Watch {

        private final int number;
        private final DirectoryNews news;

        DirectoryWatch(int number, DirectoryNews news) {
            this.number = number;
            this.news = news;
        }

        @Override
        public boolean sync() {
            if (news.isTeller()) {
                return false;
            }
            CountDownLatch latch = new CountDownLatch(1);
            syncs.add(new Sync(news, latch));
            wakeup.wake();
            if (closed) {
                return false;
            }
            boolean told = false;
            try {
                told = latch.await(SYNC_LIMIT_SECONDS, TimeUnit.SECONDS);
                if (!told) {
                    LOG.warn("Changes of a directory are told late");
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return told && !closed && !news.isEnded();
        }

        @Override
        public void close() {
            remove(this);
            news.end();
        }
    }
}
