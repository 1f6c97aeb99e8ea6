package org.fusedpcap.cluster.distribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FormingTest {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final byte[] records = TestRecords.records(ORDER, new Random(1), 0, 100, 500);
    private final ClusterSettings settings = new ClusterSettings(2, 4, AbnormalEndRule.ERROR);
    private final TestCluster heard = new TestCluster();
    private final ClusterTable<String> table = heard.table;
    private final List<MemorySource> sources = new ArrayList<>();

    @Test
    void shouldWaitUntilAllPlacesHaveBeenReadFrom() throws IOException {
        Member one = open("x");
        Member other = open("x");
        assertThat(read(one)).isEqualTo(Member.NOT_YET);
        assertThat(read(one)).isEqualTo(Member.NOT_YET);
        assertThat(one.readableSize()).isZero();
        AtomicInteger woken = new AtomicInteger();
        one.onReadable(woken::incrementAndGet);

        assertThat(read(other)).isEqualTo(24);

        assertThat(woken).hasPositiveValue();
        assertThat(read(one)).isEqualTo(24);
        assertThat(heard.timesFilled).isEqualTo(1);
        closeAll(one, other);
    }

    @Test
    void shouldCountAQuestionForDataAsARead() throws IOException {
        Member one = open("x");
        Member other = open("x");

        assertThat(one.available(0, 1)).isEqualTo(Member.NOT_YET);
        assertThat(other.available(0, 1)).isEqualTo(24);
        closeAll(one, other);
    }

    @Test
    void shouldStartTheNextClusterWithOneMoreReader() throws IOException {
        Member[] members = {open("x"), open("x"), open("x"), open("x")};
        read(members[0]);
        read(members[1]);

        assertThat(read(members[2])).isEqualTo(Member.NOT_YET);
        assertThat(read(members[3])).isEqualTo(24);

        assertThat(sources).hasSize(2);
        assertThat(members[1].cluster()).isEqualTo(members[0].cluster());
        assertThat(members[3].cluster()).isEqualTo(members[2].cluster());
        assertThat(members[2].cluster()).isNotEqualTo(members[0].cluster());
        closeAll(members);
    }

    @Test
    void shouldKeepPathsApart() throws IOException {
        Member one = open("x");
        Member other = open("y");

        assertThat(read(one)).isEqualTo(Member.NOT_YET);
        assertThat(read(other)).isEqualTo(Member.NOT_YET);
        closeAll(one, other);
    }

    @Test
    void shouldGiveThePlaceToAnotherWhenAMemberClosesBeforeAllHaveCome() throws IOException {
        Member one = open("x");
        read(one);
        one.close();
        Member two = open("x");
        Member three = open("x");

        assertThat(read(two)).isEqualTo(Member.NOT_YET);
        assertThat(read(three)).isEqualTo(24);

        assertThat(heard.abends).isEmpty();
        closeAll(two, three);
    }

    @Test
    void shouldNotGiveAPlaceToAHandleThatIsNeverRead() throws IOException {
        Member idle = open("x");
        Member one = open("x");
        Member other = open("x");
        read(one);

        assertThat(read(other)).isEqualTo(24);

        idle.close();
        assertThat(heard.abends).isEmpty();
        closeAll(one, other);
    }

    @Test
    void shouldLeaveNothingBehindWhenNobodyIsLeft() throws IOException {
        Member one = open("x");
        Member other = open("x");
        read(one);
        closeAll(one, other);

        assertThat(sources).singleElement().matches(MemorySource::isClosed);
        assertThat(heard.ended).isEqualTo(1);
        assertThat(clusters()).isEmpty();

        Member[] members = {open("x"), open("x")};
        read(members[0]);
        assertThat(read(members[1])).isEqualTo(24);
        assertThat(clusters()).hasSize(1);
        closeAll(members);
    }

    @Test
    void shouldSayWhyTheStreamCannotBeOpened() throws IOException {
        ClusterOpener broken =
                () -> {
                    throw new IOException("no such segment");
                };

        assertThatThrownBy(() -> table.open("x", 1, broken)).hasMessage("no such segment");
        Member one = open("x");
        Member other = open("x");
        read(one);
        assertThat(read(other)).isEqualTo(24);
        closeAll(one, other);
    }

    @Test
    void shouldFailThoseWhoWaitForOthersWhenItIsStopped() throws IOException {
        Member one = open("x");
        Member idle = open("x");
        AtomicInteger woken = new AtomicInteger();
        one.onReadable(woken::incrementAndGet);
        assertThat(read(one)).isEqualTo(Member.NOT_YET);

        table.fail(new IOException("going down"));

        assertThat(woken).hasPositiveValue();
        assertThat(read(one)).isEqualTo(Member.SOURCE_FAILED);
        assertThat(read(idle)).isEqualTo(Member.SOURCE_FAILED);
        assertThat(idle.failure().orElseThrow()).hasMessage("going down");
        Member late = open("y");
        assertThat(read(late)).isEqualTo(Member.SOURCE_FAILED);
        closeAll(one, idle, late);
        assertThat(clusters()).isEmpty();
    }

    @Test
    void shouldEndForAClosedHandle() throws IOException {
        Member one = open("x");
        one.close();
        one.close();

        assertThat(read(one)).isEqualTo(Member.END_OF_STREAM);
    }

    private Member open(String key) throws IOException {
        return table.open(key, 1, this::newCluster);
    }

    private Cluster newCluster() {
        MemorySource source = MemorySource.of(ORDER, records);
        sources.add(source);
        return heard.create(settings, source, TestRecords.chooser(settings.members()));
    }

    private List<Cluster> clusters() {
        List<Cluster> all = new ArrayList<>();
        table.forEach((key, cluster) -> all.add(cluster));
        return all;
    }

    private static int read(Member member) {
        return member.read(0, ByteBuffer.allocate(24));
    }

    private static void closeAll(Member... members) {
        for (Member member : members) {
            member.close();
        }
    }
}
