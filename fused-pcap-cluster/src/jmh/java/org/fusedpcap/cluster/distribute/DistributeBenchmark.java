package org.fusedpcap.cluster.distribute;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.cluster.flow.ClusterMode;
import org.fusedpcap.cluster.flow.TunnelMode;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One core does everything: copy from the source into slabs, walk, choose, queue; and in {@link #distributeAndRead} also copy out to all readers.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DistributeBenchmark {

    private static final int READ = 128 * 1024;

    /** What a benchmark has moved. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Moved {
        /** Packets handed out. */
        public long packets;

        /** Bytes of records handed out. */
        public long bytes;

        /** Processor time of this thread: on a shared machine the other numbers go by this one. */
        public long cpuNanos;

        /** Starts at nothing. */
        @Setup(Level.Iteration)
        public void reset() {
            packets = 0;
            bytes = 0;
            cpuNanos = 0;
        }
    }

    /** Sizes of the packets. */
    @Param({"SMALL", "IMIX", "MIXED", "LARGE"})
    public Traffic traffic;

    /** Number of members. */
    @Param({"2", "8", "32"})
    public int members;

    /** Who chooses: a hash of the packet's first bytes, or the classifier by flow. */
    @Param({"TRIVIAL", "FLOW"})
    public String chooser;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ);
    private final List<Member> readers = new ArrayList<>();
    private long[] offsets;
    private double averageRecord;
    private Distributor distributor;
    private Share[] shares;
    private ShareReader firstReader;

    /** Fills a cluster. */
    @Setup
    public void open() throws IOException {
        EndlessSource source = new EndlessSource(traffic.capture());
        averageRecord = source.averageRecord();
        SlabPool pool = new SlabPool(0);
        ClusterSettings settings =
                new ClusterSettings(
                        members, ClusterSettings.DEFAULT_SLACK, AbnormalEndRule.ERROR);
        ClusterParts parts =
                new ClusterParts(
                        settings,
                        source,
                        chooser(),
                        new ClusterListener() {},
                        pool);
        ClusterTable<String> table = new ClusterTable<>();
        for (int i = 0; i < members; i++) {
            Member member = table.open("key", i, () -> new Cluster(parts));
            member.read(0, buffer.clear());
            readers.add(member);
        }
        offsets = new long[members];
        openBare(parts);
    }

    private MemberChooser chooser() {
        return chooser.equals("FLOW")
                ? new FlowChooser(LinkTypes.ETHERNET, ClusterMode.of(0), TunnelMode.OUTER, members)
                : TestRecords.chooser(members);
    }

    private void openBare(ClusterParts parts) {
        shares = new Share[members];
        distributor = new Distributor(parts, shares, new Outcome(), () -> {});
        for (int i = 0; i < members; i++) {
            shares[i] = new Share(i, new Wakers());
        }
        firstReader = new ShareReader(shares[0].queue(), distributor.blocks());
    }

    /** Ends the cluster. */
    @TearDown
    public void close() {
        readers.forEach(Member::close);
    }

    /** Source to queues; the members let everything go unread. */
    @Benchmark
    public void distribute(Moved moved) {
        long began = threads.getCurrentThreadCpuTime();
        long packets = packetsHandedOut();
        long bytes = bytesHandedOut();
        distributor.distribute(shares[0], firstReader, Long.MAX_VALUE, false);
        moved.packets += packetsHandedOut() - packets;
        moved.bytes += bytesHandedOut() - bytes;
        for (Share share : shares) {
            share.queue().release(share.queue().tail());
        }
        moved.cpuNanos += threads.getCurrentThreadCpuTime() - began;
    }

    /** Source to readers' buffers: each member in turn reads 128 KiB. */
    @Benchmark
    public void distributeAndRead(Moved moved) {
        long began = threads.getCurrentThreadCpuTime();
        long bytes = 0;
        for (int i = 0; i < members; i++) {
            int read = Math.max(0, readers.get(i).read(offsets[i], buffer.clear()));
            offsets[i] += read;
            bytes += read;
        }
        moved.bytes += bytes;
        moved.packets += Math.round(bytes / averageRecord);
        moved.cpuNanos += threads.getCurrentThreadCpuTime() - began;
    }

    private long packetsHandedOut() {
        long packets = 0;
        for (Share share : shares) {
            packets += share.packets();
        }
        return packets;
    }

    private long bytesHandedOut() {
        long bytes = 0;
        for (Share share : shares) {
            bytes += share.bytes();
        }
        return bytes;
    }
}
