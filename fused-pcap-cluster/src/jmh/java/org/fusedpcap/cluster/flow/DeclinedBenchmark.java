package org.fusedpcap.cluster.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The most expensive frames: what pcap4j reads, and headers without end. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeclinedBenchmark {

    /** What the frame has. */
    @Param({"SPANNING_TREE", "LONG_SNAP", "DNS_IN_LONG_SNAP", "TAGS", "EXTENSIONS", "TUNNELS"})
    public String kind;

    private ByteBuffer frame;
    private FlowClassifier classifier;

    /** Builds the frame. */
    @Setup
    public void build() {
        frame = ByteBuffer.wrap(bytes());
        classifier =
                new FlowClassifier(
                        LinkTypes.ETHERNET,
                        ClusterMode.VLAN_IP_PORT,
                        TunnelMode.INNER,
                        LookAhead.NONE);
    }

    private byte[] bytes() {
        byte[] tcp = Packets.ipv4("10.0.0.1", "10.0.0.2", 6, Packets.tcp(1024, 80, 0));
        return switch (kind) {
            case "SPANNING_TREE" -> Packets.ethernet(38, Packets.hex("424203"), new byte[35]);
            case "LONG_SNAP" -> Packets.ethernet(60, Packets.hex("aaaa00000000000800"), tcp);
            case "DNS_IN_LONG_SNAP" ->
                    Packets.ethernet(1400, Packets.hex("aaaa00000000000800"), dns());
            case "TAGS" -> Packets.ethernet(EtherTypes.VLAN, repeat("00018100", 300));
            case "EXTENSIONS" ->
                    Packets.ethernet(Packets.ipv6("::1", "::2", 0, new byte[1400]));
            default -> Packets.ethernet(tunnels());
        };
    }

    // Thousands of resource records, whose names are pointers to one another.
    private static byte[] dns() {
        byte[] message = new byte[1300];
        Arrays.fill(message, (byte) 0xc0);
        return Packets.ipv4("10.0.0.1", "10.0.0.2", 17, Packets.udp(53, 53, message));
    }

    private static byte[] tunnels() {
        byte[] packet = new byte[0];
        for (int i = 0; i < 60; i++) {
            packet = Packets.ipv4("10.0.0.1", "10.0.0.2", 4, packet);
        }
        return packet;
    }

    private static byte[] repeat(String hex, int times) {
        return Packets.hex(hex.repeat(times));
    }

    /** One frame. */
    @Benchmark
    public long classify() {
        return classifier.hash(frame, 0, frame.capacity(), frame.capacity());
    }
}
