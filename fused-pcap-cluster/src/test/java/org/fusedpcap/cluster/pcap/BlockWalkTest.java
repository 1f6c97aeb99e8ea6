package org.fusedpcap.cluster.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockWalkTest {

    private static final byte[] PACKET = new byte[61];

    private final Framing walk = BlockWalk.INSTANCE;

    private static List<byte[]> blocks(ByteOrder order) {
        return List.of(
                TestBlocks.section(order, -1),
                TestBlocks.section(order, 1000),
                TestBlocks.interfaceOf(order, 1, 0),
                TestBlocks.enhanced(order, 0, 5, PACKET),
                TestBlocks.obsolete(order, 0, PACKET),
                TestBlocks.simple(order, 61, PACKET),
                TestBlocks.block(order, TestBlocks.NAMES, new byte[400]),
                TestBlocks.block(order, 0x8000_1234, new byte[0]));
    }

    private static ByteBuffer buffer(ByteOrder order, byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(order);
    }

    private static byte[] withInt(ByteOrder order, byte[] block, int offset, int value) {
        ByteBuffer.wrap(block).order(order).putInt(offset, value);
        return block;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellTheLengthOfEveryBlock(boolean big) {
        ByteOrder order = big ? BIG_ENDIAN : LITTLE_ENDIAN;
        for (byte[] block : blocks(order)) {
            assertThat(walk.unitLength(buffer(order, block), 0)).isEqualTo(block.length);
        }
    }

    @Test
    void shouldTakeTheByteOrderFromEachSection() {
        ByteBuffer bytes = ByteBuffer.allocate(1000).order(BIG_ENDIAN);
        List<ByteOrder> orders = List.of(LITTLE_ENDIAN, BIG_ENDIAN, BIG_ENDIAN, LITTLE_ENDIAN);
        for (ByteOrder order : orders) {
            bytes.put(TestBlocks.section(order, -1)).put(TestBlocks.simple(order, 61, PACKET));
        }
        bytes.flip();
        int at = 0;
        for (ByteOrder order : orders) {
            at += walk.unitLength(bytes, at);
            assertThat(bytes.order()).isEqualTo(order);
            at += walk.unitLength(bytes, at);
        }
        assertThat(at).isEqualTo(bytes.limit());
    }

    @Test
    void shouldWaitForTheHeaderAndNoMore() {
        for (byte[] block : blocks(LITTLE_ENDIAN)) {
            int told = 0;
            for (int there = 0; there <= block.length; there++) {
                ByteBuffer bytes = buffer(LITTLE_ENDIAN, block).limit(there);
                int length = walk.unitLength(bytes, 0);
                assertThat(length).isIn(Framing.INCOMPLETE, block.length);
                told = length == Framing.INCOMPLETE ? there + 1 : told;
            }
            assertThat(told).isLessThanOrEqualTo(Math.min(block.length, walk.headerLength()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 11, 13, 14, 15, 96 + 1, -4, Integer.MIN_VALUE, (16 << 20) + 4})
    void shouldFindLengthsSenseless(int length) {
        byte[] block = TestBlocks.enhanced(LITTLE_ENDIAN, 0, 5, PACKET);
        withInt(LITTLE_ENDIAN, block, 4, length);

        assertThat(walk.unitLength(buffer(LITTLE_ENDIAN, block), 0)).isEqualTo(Framing.SENSELESS);
    }

    @Test
    void shouldFindBlocksShorterThanTheirFieldsSenseless() {
        for (int type : new int[] {0x0a0d0d0a, 1, 2, 3, 4, 5, 6, 10, 0xbad, 0x40000bad}) {
            byte[] block = TestBlocks.block(LITTLE_ENDIAN, type, new byte[0]);
            ByteBuffer bytes = ByteBuffer.allocate(64).order(LITTLE_ENDIAN).put(block).clear();

            assertThat(walk.unitLength(bytes, 0)).isEqualTo(Framing.SENSELESS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldFindAPacketThatReachesBehindItsBlockSenseless(int captured) {
        byte[] enhanced = TestBlocks.enhanced(BIG_ENDIAN, 0, 5, PACKET);
        withInt(BIG_ENDIAN, enhanced, 20, captured);

        assertThat(walk.unitLength(buffer(BIG_ENDIAN, enhanced), 0)).isEqualTo(Framing.SENSELESS);
    }

    @Test
    void shouldFindTwoLengthsThatDifferSenseless() {
        for (byte[] block : blocks(LITTLE_ENDIAN)) {
            withInt(LITTLE_ENDIAN, block, block.length - 4, block.length + 4);

            ByteBuffer bytes = buffer(LITTLE_ENDIAN, block);
            assertThat(walk.unitLength(bytes, 0)).isEqualTo(Framing.SENSELESS);
            assertThat(walk.endsRight(bytes, block.length - 4, block.length)).isFalse();
        }
    }

    @Test
    void shouldFindZeroesAndASectionWithoutByteOrderSenseless() {
        byte[] section = withInt(BIG_ENDIAN, TestBlocks.section(BIG_ENDIAN, -1), 8, 0x11223344);

        assertThat(walk.unitLength(ByteBuffer.allocate(4096), 0)).isEqualTo(Framing.SENSELESS);
        assertThat(walk.unitLength(buffer(BIG_ENDIAN, section), 0)).isEqualTo(Framing.SENSELESS);
    }

    @Test
    void shouldTellPacketsFromAllElse() {
        assertThat(blocks(BIG_ENDIAN))
                .filteredOn(block -> walk.isPacket(buffer(BIG_ENDIAN, block), 0))
                .hasSize(3);
    }
}
