package org.fusedpcap.cluster.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PcapngSectionTest {

    private static final byte[] PACKET = new byte[50];

    private final PcapngSection section = new PcapngSection();

    private void pass(ByteOrder order, byte[] block) {
        section.pass(ByteBuffer.wrap(block).order(order), 0);
    }

    private int linkTypeOf(ByteOrder order, byte[] block) {
        return section.linkTypeOf(ByteBuffer.wrap(block).order(order), 0);
    }

    @Test
    void shouldKnowEachInterfaceUntilTheNextSection() {
        pass(LITTLE_ENDIAN, TestBlocks.section(LITTLE_ENDIAN, -1));
        for (int i = 0; i < 10; i++) {
            pass(LITTLE_ENDIAN, TestBlocks.interfaceOf(LITTLE_ENDIAN, 100 + i, 0));
        }

        assertThat(section.order()).isEqualTo(LITTLE_ENDIAN);
        assertThat(linkTypeOf(LITTLE_ENDIAN, TestBlocks.enhanced(LITTLE_ENDIAN, 9, 0, PACKET)))
                .isEqualTo(109);
        assertThat(linkTypeOf(LITTLE_ENDIAN, TestBlocks.obsolete(LITTLE_ENDIAN, 3, PACKET)))
                .isEqualTo(103);
        assertThat(linkTypeOf(LITTLE_ENDIAN, TestBlocks.simple(LITTLE_ENDIAN, 50, PACKET)))
                .isEqualTo(100);
        assertThat(linkTypeOf(LITTLE_ENDIAN, TestBlocks.enhanced(LITTLE_ENDIAN, 10, 0, PACKET)))
                .isEqualTo(PcapngSection.UNKNOWN_LINK_TYPE);

        pass(BIG_ENDIAN, TestBlocks.section(BIG_ENDIAN, -1));
        assertThat(section.order()).isEqualTo(BIG_ENDIAN);
        assertThat(linkTypeOf(BIG_ENDIAN, TestBlocks.simple(BIG_ENDIAN, 50, PACKET)))
                .isEqualTo(PcapngSection.UNKNOWN_LINK_TYPE);
    }

    @Test
    void shouldKnowHowMuchOfASimplePacketWasCaptured() {
        byte[] block = TestBlocks.simple(BIG_ENDIAN, 1500, PACKET);
        ByteBuffer bytes = ByteBuffer.wrap(block);
        assertThat(section.capturedLength(bytes, 0, block.length)).isEqualTo(52);
        pass(BIG_ENDIAN, TestBlocks.interfaceOf(BIG_ENDIAN, 1, 50));
        assertThat(section.capturedLength(bytes, 0, block.length)).isEqualTo(50);

        byte[] whole = TestBlocks.simple(BIG_ENDIAN, 49, PACKET);
        assertThat(section.capturedLength(ByteBuffer.wrap(whole), 0, whole.length)).isEqualTo(49);
    }

    @Test
    void shouldGoOnByItselfFromWhereAnotherWalkIs() {
        pass(BIG_ENDIAN, TestBlocks.interfaceOf(BIG_ENDIAN, 1, 0));
        PcapngSection ahead = new PcapngSection();
        ahead.set(section);
        ByteBuffer second = ByteBuffer.wrap(TestBlocks.interfaceOf(BIG_ENDIAN, 101, 0));
        ahead.pass(second, 0);
        byte[] packet = TestBlocks.enhanced(BIG_ENDIAN, 1, 0, PACKET);

        assertThat(ahead.linkTypeOf(ByteBuffer.wrap(packet), 0)).isEqualTo(101);
        assertThat(linkTypeOf(BIG_ENDIAN, packet)).isEqualTo(PcapngSection.UNKNOWN_LINK_TYPE);
        section.pass(second, 0);
        assertThat(linkTypeOf(BIG_ENDIAN, packet)).isEqualTo(101);
    }

    @Test
    void shouldForgetInterfacesBeyondAllReason() {
        byte[] description = TestBlocks.interfaceOf(BIG_ENDIAN, 1, 0);
        for (int i = 0; i < 70_000; i++) {
            pass(BIG_ENDIAN, description);
        }
        byte[] packet = TestBlocks.enhanced(BIG_ENDIAN, 65_536, 0, PACKET);

        assertThat(linkTypeOf(BIG_ENDIAN, packet)).isEqualTo(PcapngSection.UNKNOWN_LINK_TYPE);
    }

    private boolean accepts(byte[] block) {
        ByteBuffer bytes = ByteBuffer.wrap(block);
        UnitKind kind = section.judge(bytes, 0, block.length);
        assertThat(kind)
                .isIn(
                        BlockWalk.INSTANCE.isPacket(bytes, 0) ? UnitKind.PACKET : UnitKind.OTHER,
                        UnitKind.UNREADABLE);
        return kind != UnitKind.UNREADABLE;
    }

    private static byte[] withVersion(int major, int minor) {
        byte[] block = TestBlocks.section(BIG_ENDIAN, -1);
        ByteBuffer.wrap(block).putShort(12, (short) major).putShort(14, (short) minor);
        return block;
    }

    @Test
    void shouldAcceptPacketsOfInterfacesThatWereDescribedInTheirSection() {
        byte[] first = TestBlocks.enhanced(BIG_ENDIAN, 0, 0, PACKET);
        byte[] second = TestBlocks.enhanced(BIG_ENDIAN, 1, 0, PACKET);
        byte[] old = TestBlocks.obsolete(BIG_ENDIAN, 1, PACKET);
        byte[] simple = TestBlocks.simple(BIG_ENDIAN, PACKET.length, PACKET);
        byte[] none = TestBlocks.enhanced(BIG_ENDIAN, -1, 0, PACKET);
        byte[] description = TestBlocks.interfaceOf(BIG_ENDIAN, 1, 0);
        List<byte[]> all = List.of(first, second, old, simple, none);

        assertThat(accepts(TestBlocks.section(BIG_ENDIAN, -1))).isTrue();
        assertThat(all).noneMatch(this::accepts);
        assertThat(accepts(description)).isTrue();
        assertThat(all).filteredOn(this::accepts).containsExactly(first, simple);
        assertThat(accepts(description)).isTrue();
        assertThat(all).filteredOn(this::accepts).containsExactly(first, second, old, simple);
        assertThat(accepts(TestBlocks.section(BIG_ENDIAN, -1))).isTrue();
        assertThat(all).noneMatch(this::accepts);
    }

    @Test
    void shouldAcceptPacketsOfAllInterfacesHoweverManyThereAre() {
        byte[] description = TestBlocks.interfaceOf(BIG_ENDIAN, 1, 0);
        for (int i = 0; i < 70_000; i++) {
            assertThat(accepts(description)).isTrue();
        }
        assertThat(accepts(TestBlocks.enhanced(BIG_ENDIAN, 69_999, 0, PACKET))).isTrue();
        assertThat(accepts(TestBlocks.enhanced(BIG_ENDIAN, 70_000, 0, PACKET))).isFalse();
        assertThat(section.bytes()).isEqualTo(8 << 16);
    }

    @Test
    void shouldAcceptASimplePacketOnlyIfItFillsItsBlock() {
        accepts(TestBlocks.interfaceOf(BIG_ENDIAN, 1, 0));
        assertThat(IntStream.range(0, 60))
                .filteredOn(original -> accepts(TestBlocks.simple(BIG_ENDIAN, original, PACKET)))
                .containsExactly(49, 50, 51, 52);
        assertThat(accepts(TestBlocks.simple(BIG_ENDIAN, -1, PACKET))).isFalse();

        accepts(TestBlocks.section(BIG_ENDIAN, -1));
        accepts(TestBlocks.interfaceOf(BIG_ENDIAN, 1, 50));
        assertThat(accepts(TestBlocks.simple(BIG_ENDIAN, -1, PACKET))).isTrue();
        assertThat(accepts(TestBlocks.simple(BIG_ENDIAN, 1500, PACKET))).isTrue();
        assertThat(accepts(TestBlocks.simple(BIG_ENDIAN, 1500, new byte[48]))).isFalse();
        assertThat(accepts(TestBlocks.simple(BIG_ENDIAN, 1500, new byte[53]))).isFalse();
    }

    @Test
    void shouldAcceptPacketsAsLongAsTheirLinkTypeHasThem() {
        accepts(TestBlocks.interfaceOf(BIG_ENDIAN, LinkTypes.ETHERNET, 0));
        accepts(TestBlocks.interfaceOf(BIG_ENDIAN, 231, 0));
        byte[] longest = new byte[PcapFormat.MAX_SNAPLEN];
        byte[] longer = new byte[PcapFormat.MAX_SNAPLEN + 1];

        assertThat(accepts(TestBlocks.enhanced(BIG_ENDIAN, 0, 0, longest))).isTrue();
        assertThat(accepts(TestBlocks.enhanced(BIG_ENDIAN, 0, 0, longer))).isFalse();
        assertThat(accepts(TestBlocks.obsolete(BIG_ENDIAN, 0, longer))).isFalse();
        assertThat(accepts(TestBlocks.enhanced(BIG_ENDIAN, 1, 0, longer))).isTrue();
        assertThat(accepts(TestBlocks.simple(BIG_ENDIAN, longest.length, longest))).isTrue();
        assertThat(accepts(TestBlocks.simple(BIG_ENDIAN, longer.length, longer))).isFalse();
    }

    @Test
    void shouldAcceptSectionsOfKnownVersionsAndKeepWhatItKnowsAtOthers() {
        accepts(TestBlocks.interfaceOf(BIG_ENDIAN, 1, 0));
        assertThat(accepts(withVersion(2, 0))).isFalse();
        assertThat(accepts(withVersion(0, 0))).isFalse();
        assertThat(accepts(withVersion(1, 1))).isFalse();
        assertThat(accepts(TestBlocks.enhanced(BIG_ENDIAN, 0, 0, PACKET))).isTrue();
        assertThat(accepts(withVersion(1, 2))).isTrue();
        assertThat(accepts(TestBlocks.enhanced(BIG_ENDIAN, 0, 0, PACKET))).isFalse();
    }

    @Test
    void shouldFindTheInterfacesBeforeTheFirstPacket() {
        ByteBuffer bytes = ByteBuffer.allocate(400).order(LITTLE_ENDIAN);
        bytes.put(TestBlocks.section(LITTLE_ENDIAN, -1));
        bytes.put(TestBlocks.interfaceOf(LITTLE_ENDIAN, 189, 0));
        bytes.put(TestBlocks.block(LITTLE_ENDIAN, TestBlocks.NAMES, new byte[20]));
        bytes.put(TestBlocks.interfaceOf(LITTLE_ENDIAN, 1, 0));
        int packet = bytes.position();
        bytes.put(TestBlocks.enhanced(LITTLE_ENDIAN, 0, 0, PACKET));
        bytes.put(TestBlocks.interfaceOf(LITTLE_ENDIAN, 101, 0)).flip();

        assertThat(FirstInterfaces.linkTypes(bytes)).containsExactly(189, 1);
        for (int limit = 0; limit < packet; limit++) {
            ByteBuffer cut =
                    ByteBuffer.wrap(Arrays.copyOf(bytes.array(), limit)).order(LITTLE_ENDIAN);
            assertThat(FirstInterfaces.linkTypes(cut))
                    .isIn(List.of(), List.of(189), List.of(189, 1));
        }
    }
}
