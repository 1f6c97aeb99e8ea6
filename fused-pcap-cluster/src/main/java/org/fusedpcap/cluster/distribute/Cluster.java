package org.fusedpcap.cluster.distribute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream, shared out among a fixed number of members. It is forming until all places are taken;
 * then packets flow; it ends when the last member closes. Thread-safe.
 */
public final class Cluster {

    private final ClusterParts parts;
    private final int size;
    private final Outcome outcome = new Outcome();

    /** Written under the room's lock while the cluster is forming, by nobody afterwards. */
    private final List<Member> members = new CopyOnWriteArrayList<>();

    /** Process ids of those who closed early; under the distributor's lock. */
    private final List<Integer> closedEarly = new ArrayList<>();

    private final Share[] shares;
    private final Distributor distributor;

    private volatile boolean filled;
    private volatile Runnable whenEnded = () -> {};

    /** Members of a filled cluster that have not closed; under the distributor's lock. */
    private int open;

    /**
     * A cluster that nobody is a member of yet.
     *
     * @param parts what it is made of
     */
    public Cluster(ClusterParts parts) {
        this.parts = parts;
        this.size = parts.settings().members();
        this.shares = new Share[size];
        this.distributor = new Distributor(parts, shares, outcome, this::wakeAll);
    }

    /** The source has got more, or its end has been moved: members who wait look again. */
    public void sourceMayHaveMore() {
        distributor.sourceMayHaveMore();
    }

    /**
     * Stops the cluster: from now on every read fails, and those who wait are woken. Never waits.
     *
     * @param cause what the members are to be told
     */
    public void fail(IOException cause) {
        outcome.stopped(cause);
        wakeAll();
    }

    /** Numbers for people; takes no lock. */
    public ClusterStatistics statistics() {
        List<MemberStatistics> each = members.stream().map(Member::statistics).toList();
        long kept = members.stream().mapToLong(Member::memoryBytes).sum();
        return new ClusterStatistics(
                size,
                filled,
                distributor.segment(),
                parts.settings().slack(),
                kept + (long) distributor.blocks().blocks() * SlabPool.SLAB_LENGTH,
                distributor.slackWaits(),
                each);
    }

    ClusterParts parts() {
        return parts;
    }

    Outcome outcome() {
        return outcome;
    }

    Distributor distributor() {
        return distributor;
    }

    boolean isFilled() {
        return filled;
    }

    /** What to call when everything is over. */
    void whenEnded(Runnable callback) {
        whenEnded = callback;
    }

    /** Gives a member a place while there is one. Under the room's lock. */
    void add(Member member) {
        members.add(member);
        if (members.size() == size) {
            fill();
        }
    }

    /**
     * Takes a member's place back, which is possible until all are taken. Under the room's lock.
     */
    void remove(Member member) {
        members.remove(member);
    }

    /** Ends a cluster that has not been filled and never will be. Under the room's lock. */
    void abandon() {
        end();
    }

    /**
     * A member of a filled cluster closes. It reads nothing any more; if that is early, what it has
     * not got is counted.
     *
     * @param served whether it has got everything that was its own, or was told why not
     */
    void leave(Member member, MemberStream stream, boolean served) {
        ReentrantLock lock = distributor.lock();
        lock.lock();
        try {
            boolean early = !served && outcome.ending() != Ending.STOPPED;
            stream.share().leave(early ? stream.unreadPackets() : 0);
            if (early) {
                endAbnormally(member);
            }
            open--;
            if (open == 0) {
                end();
            }
        } finally {
            lock.unlock();
        }
        // Whether the stream has ended or the slowest member has gone: the others look again.
        wakeAll();
    }

    private void fill() {
        for (int i = 0; i < size; i++) {
            shares[i] = members.get(i).takeShare(i, this);
        }
        open = size;
        filled = true;
        parts.listener().filled();
        wakeAll();
    }

    private void endAbnormally(Member member) {
        closedEarly.add(member.pid());
        AbnormalEndRule rule = parts.settings().abnormalEnd();
        if (rule == AbnormalEndRule.IGNORE) {
            parts.source().endAfterSegment();
        }
        outcome.abnormal(rule);
        parts.listener()
                .abnormalEnd(
                        List.copyOf(closedEarly),
                        parts.source().segment(),
                        parts.source().nextSegment());
    }

    private void end() {
        distributor.blocks().release();
        parts.source().close();
        parts.listener().ended();
        whenEnded.run();
    }

    private void wakeAll() {
        for (Member member : members) {
            member.wake();
        }
    }
}
