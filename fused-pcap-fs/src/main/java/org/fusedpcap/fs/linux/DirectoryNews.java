package org.fusedpcap.fs.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.fusedpcap.fs.series.DirectoryListener;
import org.fusedpcap.fs.series.FileChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has happened in one directory and is still to be told. Dealing with news takes looks at
 * files, and those may take for ever where a server does not answer; so each directory has a thread
 * of its own while there is something to tell of it, and holds up no other.
 *
 * <p><b>Protocol.</b> Whoever has news puts them in, under the monitor, and starts a teller if
 * there is none. The teller takes all there is, tells it without the monitor, and looks again; it
 * is none any more when it finds nothing, in the same step. So there is one at most, news are told
 * in their order, and none stay behind. A latch is opened behind all that was put in before it.
 * What comes while the teller is busy gathers, equal changes as one; if it is too much, it is told
 * as lost.
 *
 * <p>Thread-safe.
 */
final class DirectoryNews {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryNews.class);

    /** Changes that may gather: twice as many as the kernel keeps, which are some MB. */
    static final int MOST = 32_768;

    private final DirectoryListener listener;
    private final Executor tellers;

    // Guarded by this.
    private Batch gathered = new Batch();
    private Batch told = new Batch();
    private Optional<Thread> teller = Optional.empty();
    private boolean isTelling;
    private boolean ended;

    /** What is told in one go, in this order. */
    private static final class Batch {
        private final InotifyBatch changes = new InotifyBatch();
        private boolean lost;
        private final InotifyBatch behindLoss = new InotifyBatch();
        private boolean gone;
        private boolean look;
        private final List<CountDownLatch> latches = new ArrayList<>();

        void add(List<FileChange> more) {
            if (changes.size() + behindLoss.size() + more.size() > MOST) {
                changes.clear();
                behindLoss.clear();
                lost = true;
            } else {
                more.forEach(lost ? behindLoss::add : changes::add);
            }
        }

        void open() {
            latches.forEach(CountDownLatch::countDown);
        }

        boolean isEmpty() {
            return changes.size() == 0 && !lost && !gone && !look && latches.isEmpty();
        }
    }

    /**
     * @param tellers runs each task on a thread that it may keep for long
     */
    DirectoryNews(DirectoryListener listener, Executor tellers) {
        this.listener = listener;
        this.tellers = tellers;
    }

    DirectoryListener listener() {
        return listener;
    }

    /** Files have changed, in this order. */
    void changed(List<FileChange> changes) {
        put(batch -> batch.add(changes));
    }

    /** Something has happened that nobody knows. */
    void lost() {
        put(batch -> batch.lost = true);
    }

    /** The directory is gone. */
    void gone() {
        put(batch -> batch.gone = true);
    }

    /**
     * It is to be looked whether the directory is at its path, and told again what was not taken.
     */
    void look() {
        put(batch -> batch.look = true);
    }

    /**
     * As {@link #look}; the latch is opened when that was done and all was told that came before.
     */
    void open(CountDownLatch latch) {
        boolean isTold =
                put(
                        batch -> {
                            batch.look = true;
                            batch.latches.add(latch);
                        });
        if (!isTold) {
            latch.countDown();
        }
    }

    /** Whether this thread tells these news just now; it would wait for itself. */
    synchronized boolean isTeller() {
        return teller.filter(Thread.currentThread()::equals).isPresent();
    }

    /** Nothing is told any more, but for what is being told; who waits for something is let go. */
    synchronized void end() {
        ended = true;
        told.open();
        gathered.open();
        gathered = new Batch();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    private boolean put(Consumer<Batch> news) {
        synchronized (this) {
            if (ended) {
                return false;
            }
            news.accept(gathered);
            if (isTelling) {
                return true;
            }
            isTelling = true;
        }
        try {
            tellers.execute(this::tellAll);
        } catch (RuntimeException | OutOfMemoryError noThread) {
            // They are told with the next ones, of which the looks are some.
            stop();
            LOG.error("News of a directory wait for a thread", noThread);
        }
        return true;
    }

    /** Tells what there is on the caller's thread, if there was no other for it. */
    void tellIfNobodyDoes() {
        synchronized (this) {
            if (isTelling) {
                return;
            }
            isTelling = true;
        }
        tellAll();
    }

    private void tellAll() {
        try {
            for (Optional<Batch> next = take(); next.isPresent(); next = take()) {
                try {
                    tell(next.get());
                } finally {
                    next.get().open();
                }
            }
        } catch (Throwable broken) {
            stopWithLoss();
            LOG.error("News of a directory were not told", broken);
        }
    }

    private synchronized Optional<Batch> take() {
        if (gathered.isEmpty()) {
            stop();
            told = new Batch();
            return Optional.empty();
        }
        Batch next = new Batch();
        teller = Optional.of(Thread.currentThread());
        told = gathered;
        gathered = next;
        return Optional.of(told);
    }

    private synchronized void stop() {
        isTelling = false;
        teller = Optional.empty();
    }

    // Another teller is started by what comes next: here it would fail again, and again.
    private synchronized void stopWithLoss() {
        stop();
        gathered.lost = true;
    }

    private void tell(Batch batch) {
        boolean isTold = hasTaken(batch.changes);
        if (batch.lost || !isTold) {
            hasTaken(DirectoryListener::lost);
        }
        if (!hasTaken(batch.behindLoss)) {
            hasTaken(DirectoryListener::lost);
        }
        // Told once: whoever hears it closes the watch.
        if (batch.gone && !hasTaken(DirectoryListener::gone)) {
            hasTaken(DirectoryListener::lost);
        }
        if (batch.look) {
            hasTaken(DirectoryNews::lookAt);
        }
    }

    private static void lookAt(DirectoryListener listener) {
        if (listener.hasLeftItsPath()) {
            listener.gone();
        }
        if (listener.isBehind()) {
            listener.lost();
        }
    }

    /** False also if the watch has ended by then. */
    private boolean hasTaken(InotifyBatch changes) {
        return changes.size() == 0 || hasTaken(to -> to.changed(changes.changes())) && !isEnded();
    }

    private boolean hasTaken(Consumer<DirectoryListener> news) {
        try {
            news.accept(listener);
            return true;
        } catch (Throwable failure) {
            // One directory's bug, or one moment without memory, must not silence it for good.
            LOG.error("A change of a directory was not dealt with", failure);
            return false;
        }
    }
}
