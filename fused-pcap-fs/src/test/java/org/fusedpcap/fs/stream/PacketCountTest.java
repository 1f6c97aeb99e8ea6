package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketCountTest {

    private static final PacketCount COUNT =
            PacketCount.begin(24).next(1024, 10).next(2024, 30).next(2024, 30);

    @Test
    void shouldBeExactWhereAScanHasStopped() {
        assertThat(COUNT.before(24)).isZero();
        assertThat(COUNT.before(1024)).isEqualTo(10);
        assertThat(COUNT.before(2024)).isEqualTo(30);
    }

    @Test
    void shouldTakeItFromTheAverageLengthInBetween() {
        assertThat(COUNT.before(524)).isEqualTo(5);
        assertThat(COUNT.before(1524)).isEqualTo(20);
    }

    @Test
    void shouldNeverSayMoreThanThereWere() {
        assertThat(COUNT.before(Long.MAX_VALUE)).isEqualTo(30);
        assertThat(PacketCount.begin(24).before(500)).isZero();
        assertThat(PacketCount.begin(24).before(0)).isZero();
    }
}
