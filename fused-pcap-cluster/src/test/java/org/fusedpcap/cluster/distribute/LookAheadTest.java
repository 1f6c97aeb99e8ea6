package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class LookAheadTest {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** What happened, in order: packets shown as positive numbers, packets placed as negative. */
    private final List<Integer> events = new ArrayList<>();

    private IntPredicate asksAt = packet -> true;

    private final MemorySource source = new MemorySource(ORDER);

    @Test
    void shouldShowWhatComesNextAsFarAsABlockBehind() throws IOException {
        source.append(TestRecords.records(ORDER, new Random(1), 1, 1000, 1000));
        source.complete();
        TestCluster cluster = open(8);

        cluster.drain(0, 0, 5000);

        assertThat(events.get(0)).isEqualTo(2);
        int shownFirst = events.get(events.indexOf(-1) - 1);
        assertThat(shownFirst).isGreaterThan(300);
        assertThat(events.indexOf(shownFirst + 1)).isGreaterThan(events.indexOf(-1));
        assertThat(events).filteredOn(event -> event < 0).hasSize(1000);
        assertThat(events).filteredOn(event -> event > 0).doesNotHaveDuplicates().isSorted();
        cluster.closeAll();
    }

    @Test
    void shouldShowWhatComesNextHoweverSmallTheSegmentsAre() throws IOException {
        for (int packet = 1; packet <= 100; packet++) {
            source.startSegment("segment " + packet);
            source.append(TestRecords.record(ORDER, packet, 60));
        }
        source.complete();
        TestCluster cluster = open(8);

        cluster.drain(0, 0, 5000);

        assertThat(events.indexOf(100)).isBetween(0, events.indexOf(-1) - 1);
        assertThat(events).filteredOn(event -> event < 0).hasSize(100);
        cluster.closeAll();
    }

    @Test
    void shouldShowNothingThatHasBeenPlaced() throws IOException {
        source.append(TestRecords.records(ORDER, new Random(1), 1, 1000, 1000));
        source.complete();
        asksAt = packet -> packet % 100 == 0;
        TestCluster cluster = open(8);

        cluster.drain(0, 0, 5000);

        assertThat(events.indexOf(101)).isLessThan(events.indexOf(-100));
        for (int packet = 1; packet <= 1000; packet++) {
            int shown = events.indexOf(packet);
            assertThat(shown).isLessThan(events.indexOf(-packet));
        }
        cluster.closeAll();
    }

    @Test
    void shouldShowNothingToAChooserThatDoesNotAsk() throws IOException {
        source.append(TestRecords.records(ORDER, new Random(1), 1, 1000, 1000));
        source.complete();
        asksAt = packet -> false;
        TestCluster cluster = open(8);

        cluster.drain(0, 0, 5000);

        assertThat(events).hasSize(1000).allMatch(event -> event < 0);
        cluster.closeAll();
    }

    @Test
    void shouldNotKeepAPacketWaitingForTheNext() throws IOException {
        TestCluster cluster = open(8);
        source.append(TestRecords.record(ORDER, 1, 60));

        assertThat(cluster.read(0, 24, 100)).isEqualTo(76);

        assertThat(events).containsExactly(-1);
        cluster.closeAll();
    }

    @Test
    void shouldPlaceWhatIsThereWhenNoOtherBlockIsFree() throws IOException {
        source.append(TestRecords.records(ORDER, new Random(1), 1, 1000, 1000));
        source.complete();
        TestCluster cluster = open(1);

        byte[] got = cluster.drain(0, 0, 5000);

        assertThat(got).hasSizeGreaterThan(400_000);
        assertThat(cluster.read(0, got.length, 1)).isEqualTo(Member.END_OF_STREAM);
        cluster.closeAll();
    }

    @Test
    void shouldPlaceWhatIsThereBeforeTheSourceFails() throws IOException {
        byte[] records = TestRecords.records(ORDER, new Random(1), 1, 300, 1000);
        source.append(records);
        source.failAtEnd(new IOException("disk error"));
        TestCluster cluster = open(8);

        byte[] got = cluster.drain(0, 0, 5000);

        assertThat(got).hasSize(24 + records.length);
        assertThat(cluster.read(0, got.length, 1)).isEqualTo(Member.SOURCE_FAILED);
        cluster.closeAll();
    }

    private TestCluster open(int slack) throws IOException {
        ClusterSettings settings = new ClusterSettings(1, slack, AbnormalEndRule.ERROR);
        return TestCluster.filled(settings, source, new Recorder());
    }

    /** Asks for all there is. */
    private final class Recorder implements MemberChooser {

        private UpcomingPackets upcoming = () -> false;

        @Override
        public int memberOf(ByteBuffer buffer, int packet, int captured, int original) {
            int number = buffer.getInt(packet);
            boolean more = asksAt.test(number);
            while (more) {
                more = upcoming.showMore();
            }
            events.add(-number);
            return 0;
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
            events.add(buffer.getInt(packet));
        }
    }
}
