package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import org.fusedpcap.cluster.Choices;
import org.fusedpcap.cluster.flow.ClusterMode;
import org.fusedpcap.cluster.flow.TunnelMode;

/**
 * Any bytes as packets of a capture, shared out by flow: each goes to exactly one member, whole and
 * in order, whoever reads how much when.
 */
public final class ClusterFuzz {

    private static final int HEADER = 24;
    private static final int MOST_READS = 1 << 16;

    private final Choices choices;
    private final ByteOrder order;
    private final List<byte[]> records = new ArrayList<>();

    private ClusterFuzz(byte[] input) {
        choices = new Choices(input);
        order = choices.oneOf(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        new ClusterFuzz(input).run();
    }

    private void run() throws IOException {
        int members = 2 + choices.below(7);
        ClusterMode mode = choices.oneOf(ClusterMode.values());
        TunnelMode tunnel = choices.oneOf(TunnelMode.values());
        int slack = 1 + choices.below(3);
        int window = choices.oneOf(0, 0, 300_000);
        byte[] sizes = choices.exactly(members);
        MemorySource source = source();
        TestCluster cluster =
                TestCluster.filled(
                        new ClusterSettings(members, slack, AbnormalEndRule.ERROR, window),
                        source,
                        new FlowChooser(1, mode, tunnel, members));
        assertExactlyOnce(readAll(cluster, sizes));
        cluster.closeAll();
        assertThat(cluster.abends).isEmpty();
        assertThat(cluster.pool.usedBytes()).isZero();
    }

    private MemorySource source() {
        MemorySource source = new MemorySource(order);
        source.limitReads(64 + choices.below(4096));
        while (choices.left() > 0) {
            if (choices.below(16) == 0) {
                source.startSegment("segment" + records.size());
            }
            byte[] record = record(choices.bytes(choices.below(200)));
            records.add(record);
            source.append(record);
        }
        source.complete();
        return source;
    }

    private byte[] record(byte[] packet) {
        return ByteBuffer.allocate(16 + packet.length)
                .order(order)
                // Tells records apart that have the same bytes otherwise.
                .putInt(1 + records.size())
                .putInt(0)
                .putInt(packet.length)
                .putInt(packet.length + choices.below(3))
                .put(packet)
                .array();
    }

    private static List<byte[]> readAll(TestCluster cluster, byte[] sizes) {
        List<BlockingReader> readers = new ArrayList<>();
        Queue<Integer> reading = new ArrayDeque<>();
        for (int i = 0; i < sizes.length; i++) {
            readers.add(new BlockingReader(cluster.member(i)));
            reading.add(i);
        }
        Predicate<Integer> goesOn = i -> readers.get(i).read(17 + (sizes[i] & 0xff) * 8) > 0;
        for (int reads = 0; !reading.isEmpty(); reads++) {
            assertThat(reads).isLessThan(MOST_READS);
            int member = reading.remove();
            if (goesOn.test(member)) {
                reading.add(member);
            }
        }
        return readers.stream().map(BlockingReader::bytes).toList();
    }

    private void assertExactlyOnce(List<byte[]> shares) {
        int[] at = new int[shares.size()];
        Arrays.fill(at, HEADER);
        for (byte[] record : records) {
            int takers = 0;
            for (int i = 0; i < at.length; i++) {
                if (stands(record, shares.get(i), at[i])) {
                    at[i] += record.length;
                    takers++;
                }
            }
            assertThat(takers).as("members that got a record").isEqualTo(1);
        }
        for (int i = 0; i < at.length; i++) {
            assertThat(shares.get(i)).hasSize(at[i]);
        }
    }

    private static boolean stands(byte[] record, byte[] share, int at) {
        int end = at + record.length;
        return end <= share.length
                && Arrays.equals(record, 0, record.length, share, at, end);
    }
}
