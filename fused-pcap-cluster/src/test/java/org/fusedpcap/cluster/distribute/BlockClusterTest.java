package org.fusedpcap.cluster.distribute;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fusedpcap.cluster.flow.ClusterMode;
import org.fusedpcap.cluster.flow.TunnelMode;
import org.fusedpcap.cluster.pcap.TestBlocks;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Streams of pcapng that are shared out. */
class BlockClusterTest {

    private static final int MEMBERS = 4;
    private static final int ETHERNET = 1;
    private static final int USB = 189;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<byte[]> blocks = new ArrayList<>();

    /** What each member is to get. */
    private final List<ByteArrayOutputStream> expected = new ArrayList<>();

    /** Link types of the packets, in the order of the stream. */
    private final List<Integer> linkTypes = new ArrayList<>();

    private int serial;

    BlockClusterTest() {
        for (int i = 0; i < MEMBERS; i++) {
            expected.add(new ByteArrayOutputStream());
        }
    }

    private void addForAll(byte[] block) {
        blocks.add(block);
        expected.forEach(member -> member.writeBytes(block));
    }

    private void addPacket(byte[] block, int linkType) {
        blocks.add(block);
        expected.get(TestRecords.memberOf(serial, MEMBERS)).writeBytes(block);
        linkTypes.add(linkType);
        serial++;
    }

    private byte[] packet(int length) {
        byte[] packet = new byte[length];
        random.nextBytes(packet);
        ByteBuffer.wrap(packet).putInt(serial);
        return packet;
    }

    /** A section with interfaces that come up, packets of all kinds, and other blocks. */
    private void addSection(ByteOrder order, int count, int longest) {
        boolean known = random.nextBoolean();
        blocks.add(TestBlocks.section(order, known ? 123_456 : -1));
        // No member has all of it.
        expected.forEach(member -> member.writeBytes(TestBlocks.section(order, -1)));
        int interfaces = 0;
        int base = random.nextInt(1000);
        for (int i = 0; i < count; i++) {
            int chance = random.nextInt(100);
            if (interfaces == 0 || chance == 0) {
                addForAll(TestBlocks.interfaceOf(order, base + interfaces, 0));
                interfaces++;
            } else if (chance < 5) {
                int type = random.nextBoolean() ? TestBlocks.NAMES : 0x4000_0000 + chance;
                addForAll(TestBlocks.block(order, type, packet(4 + random.nextInt(300))));
            } else {
                addPacket(order, base, random.nextInt(interfaces), longest);
            }
        }
    }

    private void addPacket(ByteOrder order, int base, int number, int longest) {
        byte[] packet = packet(4 + random.nextInt(longest));
        switch (random.nextInt(4)) {
            case 0 -> addPacket(TestBlocks.simple(order, packet.length, packet), base);
            case 1 -> addPacket(TestBlocks.obsolete(order, number, packet), base + number);
            default -> addPacket(TestBlocks.enhanced(order, number, 7, packet), base + number);
        }
    }

    private TestCluster open(ByteOrder order, int slack, MemberChooser chooser) throws IOException {
        BlockSource source = new BlockSource(order, blocks, 1 + random.nextInt(500));
        ClusterSettings settings = new ClusterSettings(MEMBERS, slack, AbnormalEndRule.END);
        return TestCluster.filled(settings, source, chooser);
    }

    @RepeatedTest(5)
    void shouldCountThePacketsThatAMemberHasNotReadWhenItCloses() throws IOException {
        System.out.println("seed " + seed);
        addSection(BIG_ENDIAN, 300, 1500);
        addSection(LITTLE_ENDIAN, 300, 1500);
        addSection(BIG_ENDIAN, 300, 1500);
        TestCluster cluster = open(BIG_ENDIAN, 64, TestRecords.chooser(MEMBERS));
        cluster.drain(0, 0, 100_000);

        cluster.member(1).close();

        MemberStatistics dead = cluster.cluster().statistics().members().get(1);
        assertThat(dead.packets()).as("seed %d", seed).isPositive();
        assertThat(dead.droppedPackets()).as("seed %d", seed).isEqualTo(dead.packets());
        cluster.closeAll();
    }

    @RepeatedTest(20)
    void shouldGivePacketsToOneMemberAndEverythingElseToEach() throws IOException {
        System.out.println("seed " + seed);
        ByteOrder first = random.nextBoolean() ? BIG_ENDIAN : LITTLE_ENDIAN;
        addSection(first, 500, 1500);
        for (int i = 0; i < 6; i++) {
            addSection(random.nextBoolean() ? BIG_ENDIAN : LITTLE_ENDIAN, 300, 1500);
        }
        addSection(LITTLE_ENDIAN, 5, 400_000);
        LinkTypeChooser chooser = new LinkTypeChooser(random.nextInt(3));
        TestCluster cluster = open(first, 64, chooser);

        for (int i = 0; i < MEMBERS; i++) {
            assertThat(cluster.drain(i, 0, 1 + random.nextInt(300_000)))
                    .as("member %d, seed %d", i, seed)
                    .isEqualTo(expected.get(i).toByteArray());
        }
        assertThat(chooser.placed).as("seed %d", seed).isEqualTo(linkTypes);
        assertThat(chooser.shown).as("seed %d", seed).isTrue();
        cluster.closeAll();
    }

    @Test
    void shouldCountPacketsAlone() throws IOException {
        addSection(BIG_ENDIAN, 200, 100);
        TestCluster cluster = open(BIG_ENDIAN, 64, TestRecords.chooser(MEMBERS));
        for (int i = 0; i < MEMBERS; i++) {
            cluster.drain(i, 0, 10_000);
        }

        assertThat(
                        cluster.cluster().statistics().members().stream()
                                .mapToLong(MemberStatistics::packets)
                                .sum())
                .isEqualTo(serial);
        cluster.closeAll();
    }

    /** Whoever has begun a block gets the rest of it, whatever byte order its section has. */
    @RepeatedTest(20)
    void shouldFinishABlockWhenAnotherMemberClosesEarly() throws IOException {
        System.out.println("seed " + seed);
        addSection(BIG_ENDIAN, 20, 300);
        addSection(LITTLE_ENDIAN, 50, 300);
        addSection(BIG_ENDIAN, 50, 300);
        TestCluster cluster = open(BIG_ENDIAN, 64, TestRecords.chooser(MEMBERS));
        byte[] all = expected.get(1).toByteArray();
        int cut = cluster.read(1, 0, 1 + random.nextInt(all.length - 1));

        cluster.member(0).close();
        byte[] rest = cluster.drain(1, cut, 1 + random.nextInt(500));

        int end = cut + rest.length;
        assertThat(blockEnds(all)).as("seed %d", seed).contains(end);
        assertThat(blockEnds(all)).as("seed %d", seed).noneMatch(at -> at > cut && at < end);
        assertThat(rest).isEqualTo(Arrays.copyOfRange(all, cut, end));
        cluster.closeAll();
    }

    /** A block that everybody gets takes room in every queue. */
    @Test
    void shouldLetQueuesGrowNoLargerThanSlabs() throws IOException {
        int members = 32;
        int slack = 8;
        int packets = 60_000;
        byte[] others = TestBlocks.block(BIG_ENDIAN, 0x8000_1234, new byte[0]);
        blocks.add(TestBlocks.section(BIG_ENDIAN, -1));
        for (serial = 0; serial < packets; serial++) {
            blocks.add(others);
            blocks.add(TestBlocks.enhanced(BIG_ENDIAN, 0, 0, packet(4)));
        }
        TestCluster cluster =
                TestCluster.filled(
                        new ClusterSettings(members, slack, AbnormalEndRule.END),
                        new BlockSource(BIG_ENDIAN, blocks, 100),
                        TestRecords.chooser(members));

        int othersSeen = cluster.drain(0, 0, 100_000).length / others.length;

        // The others have not read theirs.
        int most = slack * SlabPool.SLAB_LENGTH / Long.BYTES;
        int ofOneSlab = SlabPool.SLAB_LENGTH / (12 + 36) * (members + 1);
        assertThat(othersSeen * (members - 1)).isBetween(most / 2, most + ofOneSlab * 3 / 2);
        readInTurns(cluster, members);
        assertThat(
                        cluster.cluster().statistics().members().stream()
                                .mapToLong(MemberStatistics::packets)
                                .sum())
                .isEqualTo(packets);
        cluster.closeAll();
    }

    private static void readInTurns(TestCluster cluster, int members) {
        boolean more = true;
        while (more) {
            more = false;
            for (int i = 0; i < members; i++) {
                int read = cluster.read(i, cluster.member(i).position(), 1_000_000);
                assertThat(read).isGreaterThanOrEqualTo(Member.END_OF_STREAM);
                more |= read != Member.END_OF_STREAM;
            }
        }
    }

    private static List<Integer> blockEnds(byte[] stream) {
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        List<Integer> ends = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            if (bytes.getInt(at) == 0x0a0d0d0a) {
                bytes.order(
                        bytes.order(BIG_ENDIAN).getInt(at + 8) == 0x1a2b3c4d
                                ? BIG_ENDIAN
                                : LITTLE_ENDIAN);
            }
            at += bytes.getInt(at + 4);
            ends.add(at);
        }
        return ends;
    }

    @Test
    void shouldHaveAMemberForPacketsThatCannotBeToldApart() throws IOException {
        addForAll(TestBlocks.section(BIG_ENDIAN, -1));
        addForAll(TestBlocks.interfaceOf(BIG_ENDIAN, USB, 0));
        addForAll(TestBlocks.interfaceOf(BIG_ENDIAN, ETHERNET, 0));
        for (int i = 0; i < 300; i++) {
            blocks.add(TestBlocks.enhanced(BIG_ENDIAN, i % 3, 0, packet(60)));
        }
        FlowChooser chooser = new FlowChooser(ClusterMode.of(0), TunnelMode.OUTER, MEMBERS);
        TestCluster cluster = open(BIG_ENDIAN, 64, chooser);

        int length = 28 + 2 * 32;
        List<Integer> loads = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            loads.add((cluster.drain(i, 0, 100_000).length - length) / (32 + 60));
        }
        assertThat(loads.stream().mapToInt(load -> load).sum()).isEqualTo(300);
        // USB and the interface that was not described: 200 at one member.
        assertThat(loads).anyMatch(load -> load >= 200);
        cluster.closeAll();
    }

    /** Goes by serial numbers, looks ahead at random, and notes which link type it is told. */
    private final class LinkTypeChooser implements MemberChooser {

        private final MemberChooser plain = TestRecords.chooser(MEMBERS);
        private final Random chance = new Random(seed);
        private final List<Integer> placed = new ArrayList<>();
        private final int eagerness;
        private UpcomingPackets upcoming = () -> false;
        private int linkType;
        private int upcomingLinkType;
        private boolean shown;

        LinkTypeChooser(int eagerness) {
            this.eagerness = eagerness;
        }

        @Override
        public int memberOf(ByteBuffer buffer, int packet, int captured, int original) {
            assertThat(original).isEqualTo(captured);
            while (chance.nextInt(1 + eagerness * 20) == 0 && upcoming.showMore()) {
                shown = true;
            }
            placed.add(linkType);
            return plain.memberOf(buffer, packet, captured, original);
        }

        @Override
        public void linkType(int type) {
            linkType = type;
        }

        @Override
        public void upcomingLinkType(int type) {
            upcomingLinkType = type;
        }

        @Override
        public boolean looksAhead() {
            return true;
        }

        @Override
        public void lookAheadAt(UpcomingPackets packets) {
            upcoming = packets;
        }

        @Override
        public void learn(ByteBuffer buffer, int packet, int captured) {
            int number = buffer.getInt(packet);
            assertThat(number).isGreaterThanOrEqualTo(placed.size());
            assertThat(upcomingLinkType).as("seed %d", seed).isEqualTo(linkTypes.get(number));
        }
    }
}
