package org.fusedpcap.fs.fuse;

import java.util.Optional;
import org.fusedpcap.cluster.distribute.Cluster;
import org.fusedpcap.cluster.distribute.ClusterStatistics;
import org.fusedpcap.cluster.distribute.MemberStatistics;
import org.fusedpcap.cluster.flow.FlowCounters;
import org.fusedpcap.fs.status.ClusterCounts;
import org.fusedpcap.fs.status.ClusterStatus;
import org.fusedpcap.fs.stream.SegmentRecords;
import org.fusedpcap.fs.stream.SegmentStream;
import org.fusedpcap.fs.stream.StreamEvents;

/** What is counted of one cluster. Whoever looks at it waits for nobody. */
final class ClusterAccount {

    private final Ledger ledger;
    private final long number;
    private final String path;
    private final SegmentStream stream;
    private final SegmentRecords records;
    private final FlowCounters flows;
    private final StreamEvents events;

    /** Set once, before the cluster has members. */
    private volatile Optional<Cluster> cluster = Optional.empty();

    /**
     * @param stream what is shared out
     * @param records the same, as the cluster reads it
     * @param flows what is counted of the frames
     * @param events what happens to the stream
     */
    ClusterAccount(
            Ledger ledger,
            long number,
            String path,
            SegmentStream stream,
            SegmentRecords records,
            FlowCounters flows,
            StreamEvents events) {
        this.ledger = ledger;
        this.number = number;
        this.path = path;
        this.stream = stream;
        this.records = records;
        this.flows = flows;
        this.events = events;
    }

    /** From now on it is about this cluster. */
    void begin(Cluster of) {
        cluster = Optional.of(of);
        ledger.begin(this);
    }

    /** The cluster has ended: what was counted goes into the sums. */
    void end() {
        ledger.end(this);
    }

    boolean isOf(Cluster one) {
        return cluster.filter(one::equals).isPresent();
    }

    long number() {
        return number;
    }

    /** What was counted so far. */
    ClusterCounts counts() {
        Optional<ClusterStatistics> numbers = cluster.map(Cluster::statistics);
        return new ClusterCounts(
                numbers.stream()
                        .flatMap(cluster -> cluster.members().stream())
                        .mapToLong(MemberStatistics::droppedPackets)
                        .sum(),
                numbers.map(ClusterStatistics::slackWaits).orElse(0L),
                flows.guessedFragments(),
                flows.displacedDatagrams(),
                flows.damagedFrames());
    }

    /** The cluster as it is now. */
    ClusterStatus status() {
        long position = records.position();
        return new ClusterStatus(
                number,
                path,
                cluster.orElseThrow().statistics(),
                position,
                stream.progress(position),
                counts(),
                events.damage());
    }
}
