package org.fusedpcap.fs.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.fusedpcap.cluster.distribute.ClusterStatistics;
import org.fusedpcap.cluster.distribute.MemberStatistics;
import org.fusedpcap.fs.series.Backlog;
import org.fusedpcap.fs.stream.Damage;
import org.fusedpcap.fs.stream.Progress;

/** Statuses for tests. */
public final class TestStatus {

    private static final Instant THEN = Instant.parse("2026-11-22T18:00:00Z");
    private static final Damage DAMAGE = new Damage(3, 4096, 1, 17, 0);
    private static final ClusterCounts COUNTS = new ClusterCounts(5, 6, 7, 8, 9);

    private TestStatus() {}

    /** A mount with one stream of each kind and a cluster, of which the names are given. */
    public static MountStatus of(String mountPoint, String path) {
        return new MountStatus(
                THEN.plusSeconds(3700),
                new About("fused-pcap 1", mountPoint, "/src", "allow_other", THEN),
                new DaemonStatus(
                        77, 9, 40, 1234, 50L << 20, 3 << 20, 64 << 20, 1 << 20, 0, 2, 1, 0),
                totals(path),
                List.of(
                        stream(1, path, StreamKind.FOLLOW, OptionalLong.empty()),
                        stream(2, path, StreamKind.RANGE, OptionalLong.of(400_000)),
                        stream(3, path, StreamKind.MEMBER, OptionalLong.empty())),
                List.of(cluster(path)));
    }

    /** A mount that nobody reads. */
    public static MountStatus idle() {
        MountStatus busy = of("/mnt", "/f");
        return new MountStatus(
                busy.at(),
                busy.about(),
                busy.daemon(),
                new Totals(
                        nothingOfEachKind(),
                        new Damage(0, 0, 0, 0, 0),
                        0,
                        ClusterCounts.NOTHING,
                        List.of()),
                List.of(),
                List.of());
    }

    private static Map<StreamKind, KindTotals> nothingOfEachKind() {
        KindTotals nothing = new KindTotals(0, 0, Delivered.NOTHING);
        return Map.of(
                StreamKind.FOLLOW, nothing, StreamKind.RANGE, nothing, StreamKind.MEMBER, nothing);
    }

    private static Totals totals(String path) {
        KindTotals some = new KindTotals(4, 1, new Delivered(1 << 30, 1000));
        return new Totals(
                Map.of(StreamKind.FOLLOW, some, StreamKind.RANGE, some, StreamKind.MEMBER, some),
                DAMAGE,
                1,
                COUNTS,
                List.of(new PathTotals(path, new Delivered(5, 6), DAMAGE)));
    }

    private static StreamStatus stream(
            long number, String path, StreamKind kind, OptionalLong size) {
        return new StreamStatus(
                number,
                path,
                kind,
                "keepcache",
                THEN,
                List.of(new ReaderStatus(1234, "tcpdump"), new ReaderStatus(99, "a, b\n")),
                100_000,
                new Delivered(200_000, 300),
                new Progress("f.2", 300, size, new Backlog(2, 300_000)),
                DAMAGE,
                kind == StreamKind.MEMBER ? OptionalLong.of(1) : OptionalLong.empty());
    }

    private static ClusterStatus cluster(String path) {
        return new ClusterStatus(
                1,
                path,
                new ClusterStatistics(
                        2,
                        true,
                        "f.2",
                        64,
                        1 << 20,
                        6,
                        List.of(
                                new MemberStatistics(1234, 10, 1000, 500, 0, true),
                                new MemberStatistics(1235, 20, 2000, 0, 5, false))),
                7_000,
                new Progress("f.2", 30, OptionalLong.empty(), new Backlog(0, 80)),
                COUNTS,
                DAMAGE);
    }
}
