package org.fusedpcap.cluster.distribute;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the handles on one path wait until enough of them have been read from to make a cluster. It
 * holds the one cluster that is forming; a filled one has left. The room itself is gone when no
 * handle is in it any more, and nobody enters it again.
 */
final class Room {

    /**
     * Taken behind a member's lock; under it clusters are opened, so that it may wait for disks.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final ClusterOpener opener;
    private final Runnable whenGone;
    private Optional<Cluster> forming = Optional.empty();
    private Optional<IOException> stopped = Optional.empty();
    private int handles;
    private boolean gone;

    /**
     * @param opener makes clusters
     * @param whenGone what to call when the last handle has left
     */
    Room(ClusterOpener opener, Runnable whenGone) {
        this.opener = opener;
        this.whenGone = whenGone;
    }

    /**
     * Lets a handle in; it has no place yet.
     *
     * @return false if the room is gone
     * @throws IOException if the stream cannot be opened
     */
    boolean enter() throws IOException {
        lock.lock();
        try {
            if (gone) {
                return false;
            }
            openIfNeeded();
            handles++;
            return true;
        } finally {
            vanishIfEmpty();
            lock.unlock();
        }
    }

    /** Gives a member a place in the cluster that is forming. */
    Cluster seat(Member member) throws IOException {
        lock.lock();
        try {
            Cluster cluster = openIfNeeded();
            cluster.add(member);
            if (cluster.isFilled()) {
                forming = Optional.empty();
                handles -= cluster.parts().settings().members();
                vanishIfEmpty();
            }
            return cluster;
        } finally {
            lock.unlock();
        }
    }

    /** A member closes; if packets flow for it already, nothing happens here. */
    void leave(Member member) {
        lock.lock();
        try {
            if (member.cluster().map(Cluster::isFilled).orElse(false)) {
                return;
            }
            forming.ifPresent(cluster -> cluster.remove(member));
            handles--;
            vanishIfEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Every member that waits here fails, and every one that comes. Never waits for members. */
    void stop(IOException cause) {
        lock.lock();
        try {
            stopped = Optional.of(cause);
            forming.ifPresent(cluster -> cluster.fail(cause));
        } finally {
            lock.unlock();
        }
    }

    private Cluster openIfNeeded() throws IOException {
        if (stopped.isPresent()) {
            throw stopped.get();
        }
        if (forming.isEmpty()) {
            forming = Optional.of(opener.open());
        }
        return forming.get();
    }

    private void vanishIfEmpty() {
        if (handles == 0 && !gone) {
            gone = true;
            forming.ifPresent(Cluster::abandon);
            forming = Optional.empty();
            whenGone.run();
        }
    }
}
