package org.fusedpcap.cluster.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fusedpcap.cluster.flow.Packets.ethernet;
import static org.fusedpcap.cluster.flow.Packets.icmp;
import static org.fusedpcap.cluster.flow.Packets.ipv4;
import static org.fusedpcap.cluster.flow.Packets.tcp;
import static org.fusedpcap.cluster.flow.Packets.udp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.cluster.pcap.LinkTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The garbage collector has nothing to do with packets. */
class AllocationTest {

    private static final int ROUNDS = 20_000;
    private static final long FEW_BYTES = 64 * 1024;

    private static List<ByteBuffer> frames() {
        byte[] packet = ipv4("10.0.0.1", "10.0.0.2", 6, tcp(1, 2, 100));
        List<byte[]> frames =
                new ArrayList<>(
                        List.of(
                                ethernet(packet),
                                ethernet(ipv4("192.0.2.1", "192.0.2.2", 4, packet)),
                                ethernet(ipv4("192.0.2.1", "10.0.0.1", 1, icmp(3, 1, packet))),
                                ethernet(EtherTypes.ARP, new byte[28]),
                                ethernet(EtherTypes.VLAN, new byte[3])));
        byte[] data = udp(1, 2, new byte[100]);
        frames.addAll(FragmentsTest.fragments("10.0.0.1", "10.0.0.2", 17, 1, data, 40));
        frames.addAll(FragmentsTest.fragments("::1", "::2", 17, 1, data, 40).subList(1, 3));
        return frames.stream().map(ByteBuffer::wrap).toList();
    }

    private static long classify(FlowClassifier classifier, List<ByteBuffer> frames) {
        long hashes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < frames.size(); i++) {
                ByteBuffer frame = frames.get(i);
                classifier.learn(frame, 0, frame.capacity(), frame.capacity());
                hashes ^= classifier.hash(frame, 0, frame.capacity(), frame.capacity());
            }
        }
        return hashes;
    }

    @ParameterizedTest
    @EnumSource(TunnelMode.class)
    void shouldAllocateNothingPerFrame(TunnelMode tunnel) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        FlowClassifier classifier =
                new FlowClassifier(
                        LinkTypes.ETHERNET, ClusterMode.VLAN_IP_PORT, tunnel, LookAhead.NONE);
        List<ByteBuffer> frames = frames();
        classify(classifier, frames);

        long before = threads.getCurrentThreadAllocatedBytes();
        classify(classifier, frames);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(FEW_BYTES);
    }
}
