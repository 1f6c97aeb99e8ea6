package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fusedpcap.cluster.distribute.AbnormalEndRule;
import org.fusedpcap.cluster.distribute.Cluster;
import org.fusedpcap.cluster.distribute.ClusterListener;
import org.fusedpcap.cluster.distribute.ClusterParts;
import org.fusedpcap.cluster.distribute.ClusterSettings;
import org.fusedpcap.cluster.distribute.ClusterTable;
import org.fusedpcap.cluster.distribute.FlowChooser;
import org.fusedpcap.cluster.distribute.Member;
import org.fusedpcap.cluster.distribute.SlabPool;
import org.fusedpcap.cluster.flow.ClusterMode;
import org.fusedpcap.cluster.flow.FlowClassifier;
import org.fusedpcap.cluster.flow.TunnelMode;
import org.fusedpcap.cluster.pcap.CaptureHeader;
import org.fusedpcap.cluster.pcap.PcapHeader;

/**
 * Any bytes as one to three files of a series, read as a range and by a cluster: the range is a
 * header and whole records and nothing else, and the members together have just its records.
 */
public final class CaptureFilesFuzz {

    private static final int MEMBERS = 3;
    private static final int MOST_READS = 100_000;
    private static final String[] NAMES = {"f1.pcap", "f2.pcap", "f3.pcap"};

    private final RangeFixture fixture = new RangeFixture(FuzzDirectory.path());
    private final int answer;
    private final String[] names;

    private CaptureFilesFuzz(byte[] input) throws IOException {
        int first = input.length == 0 ? 0 : input[0] & 0xff;
        int files = 1 + first % NAMES.length;
        // Not less than a header: a cluster asks for that in one piece.
        answer = TestCapture.HEADER + first * 7;
        names = Arrays.copyOf(NAMES, files);
        int length = Math.max(0, input.length - 1);
        for (int i = 0; i < files; i++) {
            int from = 1 + length * i / files;
            int to = 1 + length * (i + 1) / files;
            byte[] part = from < to ? Arrays.copyOfRange(input, from, to) : new byte[0];
            fixture.write(names[i], part);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        new CaptureFilesFuzz(input).run();
    }

    private void run() throws IOException {
        Optional<byte[]> range = readRange();
        if (range.isPresent() && range.get().length > 0) {
            Units all = Units.of(range.get());
            Optional<FlowChooser> chooser = chooser(all.header());
            if (chooser.isPresent()) {
                requireShared(all, readCluster(chooser.get()));
            }
        }
        assertThat(fixture.files.openCount()).isZero();
    }

    /** The bytes of the range; nothing if it cannot be opened. */
    private Optional<byte[]> readRange() throws IOException {
        try (RangeStream range = open()) {
            StreamReader reader = new StreamReader(range);
            ReadResult result = reader.drain(answer);
            assertThat(result != ReadResult.Nothing.NOT_YET).isTrue();
            assertThat(range.size()).isEqualTo(reader.got().length);
            return Optional.of(reader.got());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private RangeStream open() throws IOException {
        return fixture.open(names);
    }

    private static Optional<FlowChooser> chooser(CaptureHeader header) {
        if (!(header instanceof PcapHeader pcap)) {
            return Optional.of(
                    new FlowChooser(ClusterMode.VLAN_IP_PORT, TunnelMode.INNER, MEMBERS));
        }
        return Optional.of(pcap.linkType())
                .filter(FlowClassifier::supports)
                .map(
                        type ->
                                new FlowChooser(
                                        type,
                                        ClusterMode.VLAN_IP_PORT,
                                        TunnelMode.INNER,
                                        MEMBERS));
    }

    private List<Units> readCluster(FlowChooser chooser) throws IOException {
        ClusterTable<String> table = new ClusterTable<>();
        SlabPool pool = new SlabPool(4L * SlabPool.SLAB_LENGTH);
        List<Member> members = new ArrayList<>();
        List<ByteArrayOutputStream> shares = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(table.open("key", 1000 + i, () -> cluster(chooser, pool)));
            shares.add(new ByteArrayOutputStream());
        }
        boolean more = true;
        for (int reads = 0; more; reads++) {
            assertThat(reads).as("rounds of reads").isLessThan(MOST_READS);
            more = false;
            for (int i = 0; i < MEMBERS; i++) {
                more |= goesOn(members.get(i), shares.get(i));
            }
        }
        members.forEach(Member::close);
        assertThat(pool.usedBytes()).isZero();
        List<Units> units = new ArrayList<>();
        for (ByteArrayOutputStream share : shares) {
            units.add(Units.of(share.toByteArray()));
        }
        return units;
    }

    private boolean goesOn(Member member, ByteArrayOutputStream share) {
        ByteBuffer buffer = ByteBuffer.allocate(answer);
        int result = member.read(share.size(), buffer);
        share.write(buffer.array(), 0, Math.max(0, result));
        return result > 0 || result == Member.NOT_YET;
    }

    private Cluster cluster(FlowChooser chooser, SlabPool pool) throws IOException {
        MovableEnd ends = new MovableEnd(fixture.ends);
        return new Cluster(
                new ClusterParts(
                        new ClusterSettings(MEMBERS, 2, AbnormalEndRule.ERROR),
                        new SegmentRecords(open(), ends, names[0], () -> {}),
                        chooser,
                        new ClusterListener() {},
                        pool));
    }

    private static void requireShared(Units all, List<Units> shares) {
        Map<ByteBuffer, Integer> rest = new HashMap<>();
        all.packets().forEach(packet -> rest.merge(packet, 1, Integer::sum));
        for (Units share : shares) {
            assertThat(share.others()).isEqualTo(all.others());
            requireInOrder(all.packets(), share.packets());
            share.packets().forEach(packet -> rest.merge(packet, -1, Integer::sum));
        }
        assertThat(rest.values()).as("how often packets are missing").allMatch(count -> count == 0);
    }

    private static void requireInOrder(List<ByteBuffer> all, List<ByteBuffer> share) {
        int at = 0;
        for (ByteBuffer packet : share) {
            while (at < all.size() && !all.get(at).equals(packet)) {
                at++;
            }
            assertThat(at).as("packet in the order of the stream").isLessThan(all.size());
            at++;
        }
    }
}
