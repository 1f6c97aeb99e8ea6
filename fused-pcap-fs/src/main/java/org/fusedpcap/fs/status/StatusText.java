package org.fusedpcap.fs.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.fusedpcap.cluster.distribute.ClusterStatistics;
import org.fusedpcap.cluster.distribute.MemberStatistics;
import org.fusedpcap.cluster.distribute.SlabPool;
import org.fusedpcap.fs.options.OneLine;
import org.fusedpcap.fs.stream.Damage;
import org.fusedpcap.fs.stream.Progress;

/**
 * A mount's status for people: {@code .status}.
 *
 * <pre>
 *   status  = version line, section *( empty line, section )
 *   section = title line, *( "  " KEY, blanks up to column 18, VALUE )      the first has no title
 * </pre>
 *
 * A value begins with the exact number where it has one; {@link StatusReport} reads it back.
 */
public final class StatusText {

    private static final String NONE = "none";

    private final StringBuilder text = new StringBuilder();
    private final MountStatus status;

    private StatusText(MountStatus status) {
        this.status = status;
    }

    /** The whole text, of lines with their newlines. */
    public static String of(MountStatus status) {
        return new StatusText(status).write();
    }

    private String write() {
        writeMount(status.about(), status.daemon());
        writeTotals(status.totals());
        status.streams().forEach(this::writeStream);
        status.clusters().forEach(this::writeCluster);
        return text.toString();
    }

    private void writeMount(About about, DaemonStatus daemon) {
        text.append(about.version()).append('\n');
        line("mount", OneLine.of(about.mountPoint()));
        line("source", OneLine.of(about.source()));
        line("options", about.options().isEmpty() ? NONE : OneLine.of(about.options()));
        line("mounted", since(about.mounted()));
        line(
                "daemon",
                "process %d, %s, %s"
                        .formatted(
                                daemon.pid(),
                                Quantity.of(daemon.threads(), "thread"),
                                Quantity.of(daemon.descriptors(), "descriptor")));
        line(
                "memory",
                "%s resident, heap %s of %s"
                        .formatted(
                                Quantity.bytes(daemon.residentBytes()),
                                Quantity.bytes(daemon.heapUsed()),
                                Quantity.bytes(daemon.heapMost())));
        line(
                "blocks",
                "%s in use by clusters, %s kept for the next"
                        .formatted(
                                Quantity.bytes(daemon.blockBytes()),
                                Quantity.bytes(daemon.idleBlockBytes())));
        line("files open", String.valueOf(daemon.segments()));
        line(
                "directories",
                "%d told of by inotify, %d looked at five times a second"
                        .formatted(daemon.notified(), daemon.polled()));
    }

    private void writeTotals(Totals totals) {
        title("since the mount");
        for (StreamKind kind : StreamKind.values()) {
            KindTotals of = totals.kinds().get(kind);
            line(
                    kind + "s",
                    "%d opened, %d open; %s"
                            .formatted(of.opened(), of.open(), text(of.delivered())));
        }
        writeDamage(totals.damage());
        line("clusters", String.valueOf(totals.formed()));
        writeCounts(totals.clusters());
    }

    private void writeStream(StreamStatus stream) {
        title("stream " + stream.number() + ": " + OneLine.of(stream.path()));
        line("kind", stream.kind().toString());
        line("options", stream.options().isEmpty() ? NONE : OneLine.of(stream.options()));
        line("opened", since(stream.opened()));
        line("readers", readers(stream.readers()));
        Progress progress = stream.progress();
        line("segment", OneLine.of(progress.segment()));
        line("position", Quantity.exactBytes(stream.position()));
        progress.size().ifPresent(size -> line("size", Quantity.exactBytes(size)));
        line("delivered", text(stream.delivered()));
        if (stream.kind() == StreamKind.MEMBER) {
            line("queued", Quantity.exactBytes(progress.behind().bytes()));
            line(
                    "cluster",
                    stream.cluster().isPresent()
                            ? String.valueOf(stream.cluster().getAsLong())
                            : "none before its first read");
        } else {
            writeLag(progress);
            writeDamage(stream.damage());
        }
    }

    private static String readers(List<ReaderStatus> readers) {
        return readers.stream()
                .sorted(Comparator.comparingInt(ReaderStatus::pid))
                .map(reader -> reader.pid() + " " + OneLine.of(reader.name()))
                .collect(Collectors.joining(", "));
    }

    private void writeLag(Progress progress) {
        line(
                "lag",
                Quantity.exactBytes(progress.behind().bytes())
                        + ", "
                        + Quantity.of(progress.behind().segments(), "more segment"));
    }

    private void writeDamage(Damage damage) {
        line(
                "gaps",
                Quantity.of(damage.missedSegments(), "segment")
                        + ", "
                        + Quantity.exactBytes(damage.missedBytes()));
        line(
                "torn",
                Quantity.of(damage.tornSegments(), "segment")
                        + ", "
                        + Quantity.exactBytes(damage.tornBytes()));
        if (damage.unreadableSegments() > 0) {
            line("disk errors", Quantity.of(damage.unreadableSegments(), "segment"));
        }
    }

    private void writeCounts(ClusterCounts counts) {
        line("dropped", counts.droppedPackets() + " packets of members that closed early");
        line("slack waits", String.valueOf(counts.slackWaits()));
        line(
                "fragments",
                "%d guessed, %d datagrams forgotten"
                        .formatted(counts.guessedFragments(), counts.displacedDatagrams()));
        line("broken frames", String.valueOf(counts.damagedFrames()));
    }

    private void writeCluster(ClusterStatus cluster) {
        ClusterStatistics members = cluster.members();
        title("cluster " + cluster.number() + ": " + OneLine.of(cluster.path()));
        line(
                "members",
                "%d of %d, %s"
                        .formatted(
                                members.members().size(),
                                members.size(),
                                members.filled() ? "full" : "waiting for the others"));
        line("segment", OneLine.of(cluster.progress().segment()));
        line("position", Quantity.exactBytes(cluster.position()));
        writeLag(cluster.progress());
        line("memory", Quantity.exactBytes(members.memoryBytes()));
        line(
                "slack",
                "%s of %s"
                        .formatted(
                                Quantity.of(members.slack(), "block"),
                                Quantity.bytes(SlabPool.SLAB_LENGTH)));
        writeDamage(cluster.damage());
        writeCounts(cluster.counts());
        int number = 0;
        for (MemberStatistics member : members.members()) {
            number++;
            line("member " + number, text(member));
        }
    }

    private static String text(MemberStatistics member) {
        return "%d bytes queued, %d bytes and %d packets in all, process %d%s"
                .formatted(
                        member.queuedBytes(),
                        member.bytes(),
                        member.packets(),
                        member.pid(),
                        member.open()
                                ? ""
                                : ", closed; %d packets dropped"
                                        .formatted(member.droppedPackets()));
    }

    private static String text(Delivered delivered) {
        return Quantity.exactBytes(delivered.bytes())
                + ", "
                + Quantity.of(delivered.packets(), "packet");
    }

    private String since(Instant then) {
        return "%s, %s ago"
                .formatted(
                        then.truncatedTo(ChronoUnit.SECONDS),
                        Quantity.time(Duration.between(then, status.at())));
    }

    private void title(String title) {
        text.append('\n').append(title).append('\n');
    }

    private void line(String key, String value) {
        text.append("  ").append(String.format("%-16s", key)).append(value).append('\n');
    }
}
