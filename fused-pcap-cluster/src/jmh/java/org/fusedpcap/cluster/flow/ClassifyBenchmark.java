package org.fusedpcap.cluster.flow;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;

/** Decoding and hashing frames that stand one behind the other in a buffer; one operation is one frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 7, time = 1)
public class ClassifyBenchmark {

    private static final int FRAMES = 8192;
    private static final int RECORD_HEADER = 16;
    private static final int MEMBERS = 8;

    /** What the frames are like. */
    @Param({"SMALL", "MIXED", "LARGE"})
    public String traffic;

    private ByteBuffer stream;
    private final int[] offsets = new int[FRAMES];
    private final int[] lengths = new int[FRAMES];
    private FlowClassifier outer;
    private FlowClassifier inner;

    /** Lays out the frames as in a capture. */
    @Setup
    public void layOut() {
        List<byte[]> frames = Traffic.valueOf(traffic).frames(FRAMES);
        stream = ByteBuffer.allocateDirect(frames.stream().mapToInt(f -> f.length + 16).sum());
        for (int i = 0; i < FRAMES; i++) {
            stream.position(stream.position() + RECORD_HEADER);
            offsets[i] = stream.position();
            lengths[i] = frames.get(i).length;
            stream.put(frames.get(i));
        }
        stream.clear();
        outer = classifier(TunnelMode.OUTER);
        inner = classifier(TunnelMode.INNER);
    }

    private static FlowClassifier classifier(TunnelMode tunnel) {
        return new FlowClassifier(
                LinkTypes.ETHERNET, ClusterMode.VLAN_IP_PORT, tunnel, LookAhead.NONE);
    }

    /** Decoding and hashing. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void classify(Blackhole sink) {
        for (int i = 0; i < FRAMES; i++) {
            sink.consume(outer.memberOf(stream, offsets[i], lengths[i], lengths[i], MEMBERS));
        }
    }

    /** Decoding and hashing with tunnel=inner. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void classifyInner(Blackhole sink) {
        for (int i = 0; i < FRAMES; i++) {
            sink.consume(inner.memberOf(stream, offsets[i], lengths[i], lengths[i], MEMBERS));
        }
    }

    /** Looking for first fragments. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void learn() {
        for (int i = 0; i < FRAMES; i++) {
            outer.learn(stream, offsets[i], lengths[i], lengths[i]);
        }
    }

    /** pcap4j alone, decoding a copy of each whole frame. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void pcap4j(Blackhole sink) throws IllegalRawDataException {
        for (int i = 0; i < FRAMES; i++) {
            byte[] copy = new byte[lengths[i]];
            stream.get(offsets[i], copy);
            sink.consume(EthernetPacket.newPacket(copy, 0, copy.length));
        }
    }
}
