package org.fusedpcap.cluster.distribute;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/**
 * The stretch of stream that is in memory: slabs in the order of the stream, from the one that the
 * slowest member still reads to the one being filled. Its length in blocks never passes the slack,
 * but for a single record that is longer than that.
 *
 * <p>Slabs are allocated when they are needed first, reused last in, first out (the last one is
 * likely in the processor's cache), and given back to the pool when the cluster ends. Everything
 * happens under the distributor's lock, but {@link #slab} and {@link #blocks}.
 *
 * <p>The queues are bounded as well ({@link QueueLimit}): when they are full, no slab is opened
 * until members have read on, although the slack would allow it.
 */
final class BlockWindow {

    private final SlabPool pool;
    private final ByteOrder order;
    private final int slack;
    private final Unread unread;
    private final QueueLimit queues;

    /** By number. A member finds its slab here after it has seen the extent published. */
    private final Slab[] slabs;

    private final ArrayDeque<Slab> live = new ArrayDeque<>();
    private final ArrayDeque<Slab> free = new ArrayDeque<>();
    private long opened;
    private int liveBlocks;
    private volatile int allocatedBlocks;

    /**
     * @param slack most blocks in memory
     * @param order byte order of the records
     * @param unread what the members have still to read
     */
    BlockWindow(SlabPool pool, int slack, ByteOrder order, Unread unread) {
        this.pool = pool;
        this.slack = slack;
        this.order = order;
        this.unread = unread;
        this.queues = new QueueLimit(slack, pool.queues());
        this.slabs = new Slab[slack + 1];
    }

    /** Any thread: the slab that a published extent lies in. */
    Slab slab(int number) {
        return slabs[number];
    }

    /** Any thread: number of blocks of memory held, in use or free. */
    int blocks() {
        return allocatedBlocks;
    }

    /** Whether the slab being filled can take more. */
    boolean hasRoom() {
        return !live.isEmpty() && live.getLast().hasRoom();
    }

    /** The slab being filled. */
    Slab current() {
        return live.getLast();
    }

    /** Whether more of the stream can be taken in now. */
    boolean hasSlack() {
        if (!hasRoom() && !fits(1)) {
            reclaim();
        }
        return hasRoom() || fits(1);
    }

    /** Whether the leading member is so far ahead that it need not hurry further. */
    boolean isHalfFull() {
        if (liveBlocks > slack / 2) {
            reclaim();
        }
        return liveBlocks > slack / 2;
    }

    /**
     * Opens the next slab.
     *
     * @param bytes least capacity
     * @return false if the slowest member has to go on first
     */
    boolean open(int bytes) {
        int blocks = Slab.blocksFor(bytes);
        if (free.isEmpty() || !fits(blocks)) {
            reclaim();
        }
        if (!fits(blocks)) {
            return false;
        }
        if (blocks > 1 || free.isEmpty()) {
            return allocate(bytes, blocks);
        }
        append(free.removeLast());
        return true;
    }

    /** Gives all memory back. Nobody may read any more. */
    void release() {
        while (!live.isEmpty()) {
            drop(live.removeFirst());
        }
        trimFree(0);
        liveBlocks = 0;
        queues.release();
    }

    private boolean fits(int blocks) {
        return liveBlocks + blocks <= Math.max(slack, blocks)
                && queues.hasRoom(unread.extents(), unread.queueBytes());
    }

    private void reclaim() {
        long oldest = Math.min(unread.oldestSlab(), opened);
        while (!live.isEmpty() && live.getFirst().sequence() < oldest) {
            Slab slab = live.removeFirst();
            liveBlocks -= slab.blocks();
            if (slab.blocks() == 1) {
                free.addLast(slab);
            } else {
                drop(slab);
            }
        }
    }

    // Where the process has no more memory to give, the members go on with what they have.
    private boolean allocate(int bytes, int blocks) {
        trimFree(Math.max(0, slack - liveBlocks - blocks));
        try {
            ByteBuffer memory = blocks == 1 ? pool.take() : ByteBuffer.allocateDirect(bytes);
            Slab slab = new Slab(unusedNumber(), memory, order);
            slabs[slab.number()] = slab;
            allocatedBlocks += blocks;
            append(slab);
            return true;
        } catch (OutOfMemoryError e) {
            if (live.isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    private void append(Slab slab) {
        slab.begin(opened++);
        live.addLast(slab);
        liveBlocks += slab.blocks();
    }

    private int unusedNumber() {
        int number = allocatedBlocks % slabs.length;
        while (slabs[number] != null) {
            number = (number + 1) % slabs.length;
        }
        return number;
    }

    private void trimFree(int most) {
        while (free.size() > most) {
            drop(free.removeFirst());
        }
    }

    private void drop(Slab slab) {
        slabs[slab.number()] = null;
        allocatedBlocks -= slab.blocks();
        if (slab.blocks() == 1) {
            pool.giveBack(slab.memory());
        }
    }
}
