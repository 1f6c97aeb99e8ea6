package org.fusedpcap.fs.series;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes what it is told, and can make the thread that tells wait, as files on a dead server do. */
public final class RecordingListener implements DirectoryListener {

    /** What was told, in order: kind and name. */
    public final Queue<String> changes = new ConcurrentLinkedQueue<>();

    /** How many threads told it of changes at one time, at most. */
    public final AtomicInteger mostAtOnce = new AtomicInteger();

    private final AtomicInteger atOnce = new AtomicInteger();

    /** Whether that is so. */
    public final AtomicBoolean lost = new AtomicBoolean();

    /** Whether that is so. */
    public final AtomicBoolean gone = new AtomicBoolean();

    /** Whether it was asked for its path, or for the files to look at. */
    public final AtomicBoolean asked = new AtomicBoolean();

    /** What holds it up when it is told of changes. */
    public volatile CountDownLatch hold = new CountDownLatch(0);

    /** What holds it up when it is asked. */
    public volatile CountDownLatch holdAsked = new CountDownLatch(0);

    /** What it says of itself. */
    public volatile boolean used;

    /** Is closed when the directory is gone. */
    public volatile Optional<ChangeSource.Watch> watch = Optional.empty();

    /** Is thrown once. */
    public volatile Optional<Error> error = Optional.empty();

    @Override
    public void changed(List<FileChange> batch) {
        if (error.isPresent()) {
            Error failure = error.get();
            error = Optional.empty();
            throw failure;
        }
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        batch.forEach(change -> changes.add(change.kind() + " " + change.name()));
        await(hold);
        atOnce.decrementAndGet();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void lost() {
        lost.set(true);
        changes.add("lost");
    }

    @Override
    public void gone() {
        gone.set(true);
        watch.ifPresent(ChangeSource.Watch::close);
    }

    @Override
    public boolean isBehind() {
        return false;
    }

    @Override
    public boolean isUsed() {
        return used;
    }

    @Override
    public boolean hasLeftItsPath() {
        asked.set(true);
        await(holdAsked);
        return false;
    }

    @Override
    public Collection<String> hotNames() {
        asked.set(true);
        await(holdAsked);
        return List.of();
    }
}
