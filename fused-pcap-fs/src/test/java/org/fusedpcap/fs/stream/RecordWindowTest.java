package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordWindowTest {

    private final RecordWindow window = new RecordWindow();

    @Test
    void shouldTellTheRecordsBeforeAndBehindEachPlaceInIt() {
        for (long start = 100; start <= 10_000; start += 10) {
            window.add(start);
        }

        assertThat(window.covers(99)).isFalse();
        assertThat(window.covers(10_001)).isFalse();
        for (long at = 100; at <= 10_000; at++) {
            assertThat(window.covers(at)).isTrue();
            assertThat(window.atOrBefore(at)).isEqualTo(at / 10 * 10);
            assertThat(window.atOrBehind(at)).isEqualTo((at + 9) / 10 * 10);
        }
    }

    @Test
    void shouldCoverNothingOnceItIsCleared() {
        window.add(5);
        assertThat(window.covers(5)).isTrue();

        window.clear();

        assertThat(window.covers(5)).isFalse();
    }
}
