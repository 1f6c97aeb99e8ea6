package org.fusedpcap.cluster.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
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
