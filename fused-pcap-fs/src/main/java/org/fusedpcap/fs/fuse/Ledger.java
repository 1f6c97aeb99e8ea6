package org.fusedpcap.fs.fuse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fusedpcap.cluster.flow.FlowCounters;
import org.fusedpcap.fs.options.StreamOptions;
import org.fusedpcap.fs.status.ClusterCounts;
import org.fusedpcap.fs.status.Delivered;
import org.fusedpcap.fs.status.KindTotals;
import org.fusedpcap.fs.status.PathTotals;
import org.fusedpcap.fs.status.StreamKind;
import org.fusedpcap.fs.status.Totals;
import org.fusedpcap.fs.stream.SegmentRecords;
import org.fusedpcap.fs.stream.SegmentStream;
import org.fusedpcap.fs.stream.StreamEvents;

/**
 * What is counted of a mount's streams and clusters: in accounts while they are open, in sums
 * afterwards.
 *
 * <p>An account goes into the sums in one step under the lock, and the totals are made under it as
 * well, so that nothing is ever counted twice or left out: no total gets smaller.
 *
 * <p>Thread-safe. The lock is the last of all: under it accounts are added up, which take none, and
 * nothing waits.
 */
final class Ledger {

    /** What was counted of all streams on one path. */
    private static final class PathSum {
        final StreamEvents events;
        Delivered closed = Delivered.NOTHING;
        int open;

        PathSum(StreamEvents events) {
            this.events = events;
        }
    }

    /** What was counted of all streams of one kind. */
    private static final class KindSum {
        Delivered closed = Delivered.NOTHING;
        long opened;
        long open;
    }

    private final StreamEvents events = new StreamEvents();

    // All below is guarded by this.
    private final Map<StreamKind, KindSum> kinds = new EnumMap<>(StreamKind.class);
    private final Map<String, PathSum> paths = new TreeMap<>();
    private final Map<Long, StreamAccount> streams = new TreeMap<>();
    private final Map<Long, ClusterAccount> clusters = new TreeMap<>();
    private ClusterCounts endedClusters = ClusterCounts.NOTHING;
    private long numbers;
    private long formed;

    Ledger() {
        for (StreamKind kind : StreamKind.values()) {
            kinds.put(kind, new KindSum());
        }
    }

    /**
     * A stream is being opened; its account is to be closed, also if the opening fails.
     *
     * @param path the same for all who mean the same
     */
    synchronized StreamAccount open(
            String path, StreamKind kind, StreamOptions options, Readers readers) {
        PathSum sum = paths.computeIfAbsent(path, any -> new PathSum(events.part()));
        sum.open++;
        numbers++;
        return new StreamAccount(
                this, numbers, path, kind, options, readers, sum.events, Instant.now());
    }

    /** The stream is open: from now on it counts. */
    synchronized void begin(StreamAccount account) {
        KindSum of = kinds.get(account.kind());
        of.opened++;
        of.open++;
        streams.put(account.number(), account);
    }

    /** The stream is closed, or could not be opened. */
    synchronized void close(StreamAccount account) {
        PathSum sum = paths.get(account.path());
        if (streams.remove(account.number()) != null) {
            KindSum of = kinds.get(account.kind());
            of.open--;
            of.closed = of.closed.plus(account.delivered());
            sum.closed = sum.closed.plus(account.delivered());
        }
        sum.open--;
        if (sum.open == 0) {
            paths.remove(account.path());
        }
    }

    /** An account for a cluster that is about to be. */
    synchronized ClusterAccount form(
            String path,
            SegmentStream stream,
            SegmentRecords records,
            FlowCounters flows,
            StreamEvents of) {
        formed++;
        return new ClusterAccount(this, formed, path, stream, records, flows, of);
    }

    synchronized void begin(ClusterAccount account) {
        clusters.put(account.number(), account);
    }

    synchronized void end(ClusterAccount account) {
        if (clusters.remove(account.number()) != null) {
            endedClusters = endedClusters.plus(account.counts());
        }
    }

    /** The accounts of the streams that are open, in the order of their opening. */
    synchronized List<StreamAccount> streams() {
        return List.copyOf(streams.values());
    }

    /** The accounts of the clusters that have not ended. */
    synchronized List<ClusterAccount> clusters() {
        return List.copyOf(clusters.values());
    }

    /** All that was counted since the mount; packets as of the last look at each account. */
    synchronized Totals totals() {
        Map<StreamKind, KindTotals> byKind = new EnumMap<>(StreamKind.class);
        kinds.forEach((kind, sum) -> byKind.put(kind, totals(kind, sum)));
        ClusterCounts counts = endedClusters;
        for (ClusterAccount cluster : clusters.values()) {
            counts = counts.plus(cluster.counts());
        }
        return new Totals(byKind, events.damage(), formed, counts, byPath());
    }

    private KindTotals totals(StreamKind kind, KindSum sum) {
        Delivered delivered = sum.closed;
        for (StreamAccount stream : streams.values()) {
            if (stream.kind() == kind) {
                delivered = delivered.plus(stream.delivered());
            }
        }
        return new KindTotals(sum.opened, sum.open, delivered);
    }

    private List<PathTotals> byPath() {
        Map<String, Delivered> delivered = new TreeMap<>();
        paths.forEach((path, sum) -> delivered.put(path, sum.closed));
        for (StreamAccount stream : streams.values()) {
            delivered.merge(stream.path(), stream.delivered(), Delivered::plus);
        }
        List<PathTotals> totals = new ArrayList<>();
        paths.forEach(
                (path, sum) ->
                        totals.add(new PathTotals(path, delivered.get(path), sum.events.damage())));
        return totals;
    }
}
