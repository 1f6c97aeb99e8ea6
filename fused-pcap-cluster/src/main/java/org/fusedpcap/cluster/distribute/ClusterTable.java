package org.fusedpcap.cluster.distribute;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * All clusters of a process, by what their members opened. Handles on the same key form clusters of
 * the size that the settings say, in the order in which they are read from first; a handle that is
 * opened and never read takes nobody's place. Thread-safe.
 *
 * @param <K> what makes handles belong together: path and options, with equals and hashCode
 */
public final class ClusterTable<K> {

    private final ConcurrentHashMap<K, Room> rooms = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Cluster, K> clusters = new ConcurrentHashMap<>();

    private volatile Optional<IOException> stopped = Optional.empty();

    /**
     * Opens a handle. Never waits for other members.
     *
     * @param key what was opened
     * @param pid id of the process that opened it
     * @param opener makes a cluster when one is needed, now or at a later first read of any handle
     *     on this key
     * @throws IOException if a cluster was needed and could not be opened
     */
    public Member open(K key, int pid, ClusterOpener opener) throws IOException {
        while (true) {
            Room room = rooms.computeIfAbsent(key, k -> newRoom(k, opener));
            if (room.enter()) {
                stopped.ifPresent(room::stop);
                return new Member(room, pid);
            }
            // A room that is gone takes itself out of the table.
            rooms.remove(key, room);
        }
    }

    /** Calls back for every cluster, forming or filled, that has not ended. */
    public void forEach(BiConsumer<K, Cluster> callback) {
        clusters.forEach((cluster, key) -> callback.accept(key, cluster));
    }

    /**
     * Stops everything: all reads fail from now on, also those of members still to be opened, and
     * all waiting members are woken. Waits for a cluster being opened, not for members.
     *
     * @param cause what the members are to be told
     */
    public void fail(IOException cause) {
        stopped = Optional.of(cause);
        rooms.values().forEach(room -> room.stop(cause));
        clusters.keySet().forEach(cluster -> cluster.fail(cause));
    }

    private Room newRoom(K key, ClusterOpener opener) {
        Room[] self = new Room[1];
        self[0] = new Room(() -> openCluster(key, opener), () -> rooms.remove(key, self[0]));
        return self[0];
    }

    private Cluster openCluster(K key, ClusterOpener opener) throws IOException {
        Cluster cluster = opener.open();
        clusters.put(cluster, key);
        cluster.whenEnded(() -> clusters.remove(cluster));
        return cluster;
    }
}
