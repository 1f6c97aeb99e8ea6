package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamLayoutTest {

    private final StreamLayout layout = new StreamLayout();

    @Test
    void shouldBeginEmpty() {
        assertThat(layout.settled()).isZero();
        assertThat(layout.end()).isZero();
        assertThat(layout.segmentAt(0)).isZero();
        assertThat(layout.start(0)).isZero();
    }

    @Test
    void shouldMapOffsetsAcrossSegments() {
        layout.settle(0, 100);
        layout.settle(24, 50);

        assertThat(layout.end()).isEqualTo(150);
        assertThat(layout.segmentAt(99)).isZero();
        assertThat(layout.fileOffset(0, 99)).isEqualTo(99);
        assertThat(layout.segmentAt(100)).isEqualTo(1);
        assertThat(layout.fileOffset(1, 100)).isEqualTo(24);
        assertThat(layout.fileOffset(1, 149)).isEqualTo(73);
        assertThat(layout.segmentAt(150)).isEqualTo(2).isEqualTo(layout.settled());
    }

    @Test
    void shouldPassSegmentsThatHaveNoShare() {
        layout.settle(0, 24);
        layout.settle(24, 0);
        layout.settle(24, 0);
        layout.settle(24, 10);

        assertThat(layout.segmentAt(23)).isZero();
        assertThat(layout.segmentAt(24)).isEqualTo(3);
        assertThat(layout.start(3)).isEqualTo(24);
        assertThat(layout.end(3)).isEqualTo(34);
    }

    @Test
    void shouldRefuseNegativeShares() {
        assertThatThrownBy(() -> layout.settle(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layout.settle(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepOffsetsWhenTheFirstSegmentsAreForgotten() {
        for (int i = 0; i < 40; i++) {
            layout.settle(i, 10);
        }
        layout.forget(30);

        assertThat(layout.begin()).isEqualTo(300);
        assertThat(layout.end()).isEqualTo(400);
        assertThat(layout.settled()).isEqualTo(10);
        assertThat(layout.segmentAt(300)).isZero();
        assertThat(layout.fileOffset(0, 305)).isEqualTo(35);
        layout.forget(10);
        assertThat(layout.end()).isEqualTo(400).isEqualTo(layout.begin());
        layout.settle(7, 5);
        assertThat(layout.end()).isEqualTo(405);
    }

    @Test
    void shouldAgreeWithASlowSearch() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<long[]> bytes = new ArrayList<>();
        int forgotten = 0;
        for (int segment = 0; segment < 300; segment++) {
            int length = random.nextInt(3) == 0 ? 0 : random.nextInt(20);
            int start = random.nextInt(1000);
            layout.settle(start, length);
            for (int i = 0; i < length; i++) {
                bytes.add(new long[] {segment, start + i});
            }
            if (random.nextInt(50) == 0) {
                int count = random.nextInt(layout.settled() + 1);
                layout.forget(count);
                forgotten += count;
            }
        }
        assertThat(layout.end()).isEqualTo(bytes.size());
        for (long at = layout.begin(); at < bytes.size(); at++) {
            int segment = layout.segmentAt(at);
            long[] expected = bytes.get((int) at);
            assertThat(segment + forgotten).isEqualTo((int) expected[0]);
            assertThat(layout.fileOffset(segment, at)).isEqualTo(expected[1]);
        }
    }
}
