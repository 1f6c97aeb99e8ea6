package org.fusedpcap.fs.fuse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fusedpcap.cluster.distribute.SlabPool;
import org.fusedpcap.fs.series.SourceDirectories;
import org.fusedpcap.fs.series.WatchCounts;
import org.fusedpcap.fs.status.About;
import org.fusedpcap.fs.status.ClusterStatus;
import org.fusedpcap.fs.status.DaemonStatus;
import org.fusedpcap.fs.status.MountStatus;
import org.fusedpcap.fs.status.ReaderStatus;
import org.fusedpcap.fs.status.StreamStatus;
import org.fusedpcap.fs.stream.Progress;
import org.fusedpcap.fs.stream.SegmentFiles;

/**
 * Looks at a mount. Takes no lock under which anybody waits for a disk or for packets, and asks
 * nothing but memory and /proc: a disk that hangs does not keep it from saying so.
 */
final class StatusCollector {

    private final About about;
    private final Ledger ledger;
    private final SegmentFiles files;
    private final SourceDirectories directories;
    private final SlabPool slabs;

    StatusCollector(
            About about,
            Ledger ledger,
            SegmentFiles files,
            SourceDirectories directories,
            SlabPool slabs) {
        this.about = about;
        this.ledger = ledger;
        this.files = files;
        this.directories = directories;
        this.slabs = slabs;
    }

    /** The mount as it is now. */
    MountStatus look() {
        List<ClusterAccount> clusters = ledger.clusters();
        // First, because it brings the accounts up to date.
        List<StreamStatus> streams = streams(clusters);
        List<ClusterStatus> states = clusters.stream().map(ClusterAccount::status).toList();
        return new MountStatus(Instant.now(), about, daemon(), ledger.totals(), streams, states);
    }

    private List<StreamStatus> streams(List<ClusterAccount> clusters) {
        List<StreamStatus> streams = new ArrayList<>();
        for (StreamAccount account : ledger.streams()) {
            account.progress()
                    .map(progress -> stream(account, progress, clusters))
                    .ifPresent(streams::add);
        }
        return streams;
    }

    private static StreamStatus stream(
            StreamAccount account, Progress progress, List<ClusterAccount> clusters) {
        return new StreamStatus(
                account.number(),
                account.path(),
                account.kind(),
                account.options(),
                account.opened(),
                readers(account.readers()),
                account.position(),
                account.delivered(),
                progress,
                account.events().damage(),
                clusterOf(account, clusters));
    }

    private static List<ReaderStatus> readers(Readers readers) {
        return readers.processes().stream()
                .map(pid -> new ReaderStatus(pid, CallerProcess.nameOf(pid).orElse("gone")))
                .toList();
    }

    private static OptionalLong clusterOf(StreamAccount account, List<ClusterAccount> clusters) {
        Optional<Long> number =
                account.cluster()
                        .flatMap(
                                cluster ->
                                        clusters.stream()
                                                .filter(one -> one.isOf(cluster))
                                                .map(ClusterAccount::number)
                                                .findFirst());
        return number.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private DaemonStatus daemon() {
        WatchCounts watched = directories.watched();
        Runtime heap = Runtime.getRuntime();
        return new DaemonStatus(
                ProcessHandle.current().pid(),
                OwnProcess.threads(),
                OwnProcess.descriptors(),
                OwnProcess.cpuMs(),
                OwnProcess.residentBytes(),
                heap.totalMemory() - heap.freeMemory(),
                heap.maxMemory(),
                slabs.usedBytes(),
                slabs.idleBytes(),
                files.openCount(),
                watched.notified(),
                watched.polled());
    }
}
