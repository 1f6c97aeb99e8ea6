package org.fusedpcap.fs.status;

import static org.fusedpcap.fs.status.Exposition.Type.COUNTER;
import static org.fusedpcap.fs.status.Exposition.Type.GAUGE;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import org.fusedpcap.fs.status.Exposition.Metric;
import org.fusedpcap.fs.stream.Damage;

/**
 * A mount's status for Prometheus: {@code .metrics}.
 *
 * <p>Every sample has the mount point for a label, so that the files of several mounts can be put
 * side by side. Streams are told apart by their paths alone: a label for each process or segment
 * would make new time series for ever. Of several streams on a path, counters are summed up and lag
 * is the largest. What is told by path goes when the last stream on it is closed; all else stays
 * for as long as the mount.
 */
public final class MetricsText {

    private static final double MS_PER_SECOND = 1000;

    private final MountStatus status;
    private final Exposition out;

    private MetricsText(MountStatus status) {
        this.status = status;
        this.out = new Exposition(Map.of("mount", status.about().mountPoint()));
    }

    /** The whole text, of lines with their newlines. */
    public static String of(MountStatus status) {
        return new MetricsText(status).write();
    }

    private String write() {
        writeMount();
        writeKinds();
        writeDamage(status.totals().damage());
        writeClusterTotals(status.totals().clusters());
        writePaths();
        writeClusters();
        writeDaemon(status.daemon());
        return out.toString();
    }

    private void writeMount() {
        About about = status.about();
        gauge("info", "Which program serves the mount, and from where; always 1.")
                .sample(1, "version", about.version(), "source", about.source());
        gauge("mount_time_seconds", "When it was mounted, in seconds since 1970.")
                .sample(about.mounted().getEpochSecond());
    }

    private void writeKinds() {
        byKind(
                counter("streams_opened_total", "Streams opened since the mount."),
                KindTotals::opened);
        byKind(gauge("open_streams", "Streams that are open."), KindTotals::open);
        byKind(
                counter("delivered_bytes_total", "Bytes handed to readers, by kind of stream."),
                kind -> kind.delivered().bytes());
        byKind(
                counter(
                        "delivered_packets_total",
                        "Packets before the places that readers have come to, by kind of stream."),
                kind -> kind.delivered().packets());
    }

    private void byKind(Metric metric, ToLongFunction<KindTotals> number) {
        for (StreamKind kind : StreamKind.values()) {
            metric.sample(
                    number.applyAsLong(status.totals().kinds().get(kind)), "kind", kind.toString());
        }
    }

    private void writeDamage(Damage damage) {
        counter(
                        "missed_segments_total",
                        "Gaps: segments that were deleted, overwritten or unreadable before they"
                                + " were read.")
                .sample(damage.missedSegments());
        counter("missed_bytes_total", "Bytes in those, as far as their lengths are known.")
                .sample(damage.missedBytes());
        counter("torn_segments_total", "Segments that ended in something else than a whole record.")
                .sample(damage.tornSegments());
        counter("torn_bytes_total", "Bytes dropped at the ends of such segments.")
                .sample(damage.tornBytes());
        counter("unreadable_segments_total", "Segments in which the disk has failed a reader.")
                .sample(damage.unreadableSegments());
    }

    private void writeClusterTotals(ClusterCounts counts) {
        counter("clusters_formed_total", "Clusters since the mount.")
                .sample(status.totals().formed());
        counter(
                        "cluster_dropped_packets_total",
                        "Packets that cluster members did not get because they closed early.")
                .sample(counts.droppedPackets());
        counter(
                        "cluster_slack_waits_total",
                        "How often a leading member had to wait for the slowest one.")
                .sample(counts.slackWaits());
        counter(
                        "cluster_guessed_fragments_total",
                        "Fragments placed by a guess, as their first one was not known.")
                .sample(counts.guessedFragments());
        counter(
                        "cluster_displaced_datagrams_total",
                        "Datagrams forgotten with fragments missing, as the table was full.")
                .sample(counts.displacedDatagrams());
        counter(
                        "cluster_damaged_frames_total",
                        "Frames shared out by fewer fields than their kind has.")
                .sample(counts.damagedFrames());
    }

    private void writePaths() {
        byPath(gauge("stream_readers", "Open streams, by path."), stream -> 1, Long::sum);
        pathTotals(
                counter("stream_delivered_bytes_total", "Bytes handed to readers, by path."),
                path -> path.delivered().bytes());
        pathTotals(
                counter(
                        "stream_delivered_packets_total",
                        "Packets before the places that readers have come to, by path."),
                path -> path.delivered().packets());
        pathTotals(
                counter("stream_missed_segments_total", "Gaps, by path."),
                path -> path.damage().missedSegments());
        pathTotals(
                counter("stream_torn_segments_total", "Torn segments, by path."),
                path -> path.damage().tornSegments());
        byPath(
                gauge(
                        "stream_lag_bytes",
                        "Bytes of the source, of a range or of a member's queue behind the slowest"
                                + " reader, by path."),
                stream -> stream.progress().behind().bytes(),
                Math::max);
        byPath(
                gauge("stream_lag_segments", "Segments behind the slowest reader's, by path."),
                stream -> stream.progress().behind().segments(),
                Math::max);
    }

    private void byPath(
            Metric metric, ToLongFunction<StreamStatus> number, LongBinaryOperator both) {
        Map<String, Long> paths = new TreeMap<>();
        for (StreamStatus stream : status.streams()) {
            paths.merge(stream.path(), number.applyAsLong(stream), both::applyAsLong);
        }
        paths.forEach((path, value) -> metric.sample(value, "path", path));
    }

    private void pathTotals(Metric metric, ToLongFunction<PathTotals> number) {
        for (PathTotals path : status.totals().paths()) {
            metric.sample(number.applyAsLong(path), "path", path.path());
        }
    }

    private void writeClusters() {
        byCluster(
                gauge("cluster_places", "Places of clusters, by path."),
                cluster -> cluster.members().size(),
                Long::sum);
        byCluster(
                gauge("cluster_members", "Members that have taken their places, by path."),
                cluster -> cluster.members().members().size(),
                Long::sum);
        byCluster(
                gauge("cluster_memory_bytes", "Memory for blocks of clusters, by path."),
                cluster -> cluster.members().memoryBytes(),
                Long::sum);
        byCluster(
                gauge(
                        "cluster_lag_bytes",
                        "Bytes of the source that have not been shared out, by path."),
                cluster -> cluster.progress().behind().bytes(),
                Math::max);
        writeQueues();
    }

    private void byCluster(
            Metric metric, ToLongFunction<ClusterStatus> number, LongBinaryOperator both) {
        Map<String, Long> paths = new TreeMap<>();
        for (ClusterStatus cluster : status.clusters()) {
            paths.merge(cluster.path(), number.applyAsLong(cluster), both::applyAsLong);
        }
        paths.forEach((path, value) -> metric.sample(value, "path", path));
    }

    private void writeQueues() {
        Metric metric =
                gauge(
                        "cluster_queued_bytes",
                        "Bytes that wait for a member of a cluster, by path and number of member.");
        Map<String, Map<Integer, Long>> paths = new TreeMap<>();
        for (ClusterStatus cluster : status.clusters()) {
            Map<Integer, Long> queues =
                    paths.computeIfAbsent(cluster.path(), path -> new TreeMap<>());
            for (int i = 0; i < cluster.members().members().size(); i++) {
                queues.merge(i + 1, cluster.members().members().get(i).queuedBytes(), Math::max);
            }
        }
        paths.forEach(
                (path, queues) ->
                        queues.forEach(
                                (member, bytes) ->
                                        metric.sample(bytes, "path", path, "member", "" + member)));
    }

    private void writeDaemon(DaemonStatus daemon) {
        counter("process_cpu_seconds_total", "Processor time that the daemon has used.")
                .sample(daemon.cpuMs() / MS_PER_SECOND);
        gauge("process_resident_memory_bytes", "Memory that the daemon has of the machine.")
                .sample(daemon.residentBytes());
        gauge("process_threads", "Threads of the daemon.").sample(daemon.threads());
        gauge("process_open_fds", "Open descriptors of the daemon.").sample(daemon.descriptors());
        gauge("heap_used_bytes", "Heap in use.").sample(daemon.heapUsed());
        gauge("heap_max_bytes", "Heap that may be used.").sample(daemon.heapMost());
        gauge("blocks_used_bytes", "Memory of blocks in use by clusters.")
                .sample(daemon.blockBytes());
        gauge("blocks_idle_bytes", "Memory of blocks kept for the next cluster.")
                .sample(daemon.idleBlockBytes());
        gauge("open_segments", "Capture files that are open.").sample(daemon.segments());
        gauge("watched_directories", "Directories of the source that are watched, by how.")
                .sample(daemon.notified(), "by", "inotify")
                .sample(daemon.polled(), "by", "polling");
    }

    private Metric counter(String name, String help) {
        return out.metric(COUNTER, name, help);
    }

    private Metric gauge(String name, String help) {
        return out.metric(GAUGE, name, help);
    }
}
