package org.fusedpcap.cluster.distribute;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stream and hands it out: the work of whichever member runs ahead.
 *
 * <h2>Protocol</h2>
 *
 * <p><b>One at a time.</b> A member with nothing left to read tries the lock. If it gets it, it is
 * the distributor: it reads the source, sorts the records and publishes them to all queues ({@link
 * ExtentQueue} says with which stores), until its own reader's buffer can be filled. If it does not
 * get the lock, it does not wait for it: it answers "not yet", and its caller registers to be
 * woken. A member whose queue has data comes here only to fill a buffer up, and never waits either.
 *
 * <p><b>Who is woken, and why nobody sleeps through it.</b> Every waiter registers, looks again,
 * and parks only then ({@link Wakers}). What it may be waiting for, and who brings it:
 *
 * <ul>
 *   <li><i>Records.</i> The distributor publishes them, fences, and wakes the members that got
 *       some.
 *   <li><i>The lock, because work remains.</i> A distributor that stops while there is more to do
 *       (its own buffer is full, or it has worked long enough) unlocks and then wakes all waiters;
 *       the first becomes its successor. One that stops because the source is dry wakes nobody: a
 *       waiter would find it dry as well. Unless the source has got more meanwhile: the distributor
 *       reads {@link #version} before the source and again after unlocking.
 *   <li><i>More source.</i> Whoever feeds the source raises {@link #version} after the data is
 *       there, then wakes all waiters.
 *   <li><i>Slack.</i> A distributor without a free block sets {@link #slackWanted}, looks at the
 *       members' progress again, and gives up. A member that leaves a block stores its head,
 *       volatile, and then looks at {@link #slackWanted}: one of the two sees the other. That
 *       member raises {@link #version} and tries the lock, to see whether a block is free now; if
 *       it is, all waiters are woken. If somebody else has the lock, that one sees the version
 *       raised when it has unlocked: a distributor wakes all waiters then, a member that looks for
 *       a free block looks again, and one that closes wakes all waiters anyway.
 *   <li><i>An ending.</i> It is stored, volatile, and then all waiters are woken.
 * </ul>
 *
 * <p><b>Look-ahead.</b> For a chooser that looks ahead, a block's worth of fills is read before the
 * one in front of them is handed out, so that the chooser can ask for what comes next. When nothing
 * more is there, or no block is free, nothing waits for more.
 */
final class Distributor {

    private static final Logger LOG = LoggerFactory.getLogger(Distributor.class);

    /** Said by {@link #fetch} beside what {@link Intake#read} says: the source has failed. */
    private static final int FAILED = -4;

    /**
     * So many fills at least, where the slack allows it: to take turns for every few records costs
     * the members more than handing them out.
     */
    private static final int FEWEST_FILLS = 8;

    /** So many fills, and the reader's own thread looks at what else its reader wants. */
    private static final int FILLS_AT_A_TIME = 32;

    /**
     * Taken by readers with tryLock, under their member's lock; by those who close, in earnest.
     * Under it nothing else is taken but the monitors of wakers, the outcome and the pool, and
     * nothing waits but for the disk.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final RecordSource source;
    private final Intake intake;
    private final Sorter sorter;
    private final BlockWindow blocks;
    private final Outcome outcome;
    private final Share[] shares;
    private final Runnable wakeAll;
    private final boolean looksAhead;

    /** Raised when the source may have more. */
    private final AtomicLong version = new AtomicLong();

    /** Somebody waits for the slowest member to leave a block. */
    private volatile boolean slackWanted;

    private final AtomicLong slackWaits = new AtomicLong();

    private volatile String segment;

    // Under the lock.
    private Fill pending = new Fill();
    private final AheadFills ahead = new AheadFills();

    /** What the source said last. */
    private int lastFetched = RecordSource.NOTHING_YET;

    private long versionRead;
    private Optional<IOException> failure = Optional.empty();

    Distributor(ClusterParts parts, Share[] shares, Outcome outcome, Runnable wakeAll) {
        this.source = parts.source();
        this.segment = source.segment();
        this.shares = shares;
        this.outcome = outcome;
        this.wakeAll = wakeAll;
        this.looksAhead = parts.chooser().looksAhead();
        this.blocks =
                new BlockWindow(
                        parts.pool(),
                        parts.settings().slack(),
                        source.format().order(),
                        new InQueues());
        this.intake = new Intake(source, blocks);
        this.sorter = Sorter.of(source.format(), parts.chooser(), shares);
    }

    ReentrantLock lock() {
        return lock;
    }

    BlockWindow blocks() {
        return blocks;
    }

    /** Name of the segment read last. */
    String segment() {
        return segment;
    }

    /** How often the leading member had to wait for the slowest one. */
    long slackWaits() {
        return slackWaits.getAcquire();
    }

    /** The source may have more than it had. */
    void sourceMayHaveMore() {
        version.incrementAndGet();
        wakeAll.run();
    }

    /**
     * A member's read has left a slab behind, after its head was stored. Looks whether that was the
     * last to leave it, so that the waiting are not woken by each.
     */
    void leftSlab() {
        boolean look = slackWanted;
        if (look) {
            version.incrementAndGet();
        }
        while (look && lock.tryLock()) {
            long seen = version.get();
            boolean free;
            try {
                free = blocks.hasSlack();
                slackWanted &= !free;
            } finally {
                lock.unlock();
            }
            if (free) {
                wakeAll.run();
            }
            look = !free && version.get() != seen;
        }
    }

    /**
     * Distributes on behalf of a member, if no other does.
     *
     * @param share the member's share
     * @param reader the same, as its caller sees it
     * @param wanted number of bytes the member would like to have
     * @param hungry whether it has nothing at all; if not, half of the slack is enough
     * @return whether it is worth looking at the member's queue and the outcome again
     */
    boolean distribute(Share share, ShareReader reader, long wanted, boolean hungry) {
        if (!lock.tryLock()) {
            return false;
        }
        boolean workRemains = false;
        long seen = Long.MAX_VALUE;
        try {
            workRemains = run(share, reader, wanted, hungry);
            seen = versionRead;
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(e);
        } finally {
            lock.unlock();
        }
        if (workRemains || version.get() > seen) {
            wakeAll.run();
        }
        return !reader.isEmpty() || outcome.ending() != Ending.RUNNING;
    }

    private boolean run(Share share, ShareReader reader, long wanted, boolean hungry) {
        boolean starving = hungry;
        for (int fills = 0; fills < FILLS_AT_A_TIME; fills++) {
            long queued = share.addedBytes() - reader.taken();
            starving &= queued == 0;
            boolean enough = queued >= wanted && fills >= FEWEST_FILLS;
            if (enough || !starving && blocks.isHalfFull()) {
                return true;
            }
            if (outcome.ending() != Ending.RUNNING || !step()) {
                return false;
            }
        }
        return true;
    }

    /** Hands out one fill. Returns false if nothing more can follow it now. */
    private boolean step() {
        if (pending.isEmpty()) {
            int bytes = isOver(lastFetched) ? lastFetched : fetchOrWantSlack();
            if (bytes <= 0) {
                conclude(bytes);
                return false;
            }
        }
        if (looksAhead) {
            readAhead();
        }
        sorter.handOut(pending, ahead);
        ahead.giveBack(pending);
        pending = ahead.isEmpty() ? ahead.unused() : ahead.take();
        if (pending.isEmpty() && isOver(lastFetched)) {
            conclude(lastFetched);
        }
        return outcome.ending() == Ending.RUNNING;
    }

    private void readAhead() {
        while (!ahead.isEnough() && !isOver(lastFetched)) {
            Fill fill = ahead.unused();
            if (fetch(fill) <= 0) {
                ahead.giveBack(fill);
                return;
            }
            ahead.add(fill);
        }
    }

    /** Whether the source has said that nothing more will come. */
    private static boolean isOver(int result) {
        return result == RecordSource.END_OF_STREAM || result == FAILED;
    }

    private int fetchOrWantSlack() {
        int bytes = fetch(pending);
        if (bytes == Intake.NO_SLACK) {
            slackWanted = true;
            VarHandle.fullFence();
            bytes = fetch(pending);
        }
        if (bytes == Intake.NO_SLACK) {
            slackWaits.setRelease(slackWaits.getPlain() + 1);
        }
        return bytes;
    }

    private int fetch(Fill fill) {
        versionRead = version.get();
        try {
            lastFetched = intake.read(fill);
            segment = source.segment();
        } catch (IOException e) {
            failure = Optional.of(e);
            lastFetched = FAILED;
        }
        return lastFetched;
    }

    /** Ends the stream if that is what the last read of the source said. */
    private void conclude(int result) {
        if (result == RecordSource.END_OF_STREAM) {
            outcome.streamEnded();
            wakeAll.run();
        } else if (result == FAILED) {
            failure.ifPresent(outcome::sourceFailed);
            wakeAll.run();
        }
    }

    private void fail(Throwable bug) {
        LOG.error("a cluster stops: its packets cannot be distributed", bug);
        outcome.stopped(new IOException("packets cannot be distributed", bug));
        wakeAll.run();
    }

    /** What is in the members' queues, and what has not come so far yet. */
    private final class InQueues implements Unread {

        @Override
        public long oldestSlab() {
            long oldest = pending.isEmpty() ? Long.MAX_VALUE : pending.slab().sequence();
            for (Share share : shares) {
                if (share.isInUse()) {
                    oldest = Math.min(oldest, blocks.slab(share.oldestSlab()).sequence());
                }
            }
            return oldest;
        }

        @Override
        public long extents() {
            long extents = 0;
            for (Share share : shares) {
                extents += share.pendingExtents();
            }
            return extents;
        }

        @Override
        public long queueBytes() {
            long bytes = 0;
            for (Share share : shares) {
                bytes += share.queue().memoryBytes();
            }
            return bytes;
        }
    }
}
