package org.fusedpcap.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {

    @ParameterizedTest
    @CsvSource({
        "5000pps, 5000, false",
        "20kpps, 20000, false",
        "1.5Mpps, 1500000, false",
        "100mbit, 100000000, true",
        "2.5gbit, 2500000000, true"
    })
    void shouldReadRates(String text, double perSecond, boolean bits) {
        assertThat(new Rate.Converter().convert(text)).isEqualTo(new Rate(perSecond, bits));
    }

    @Test
    void shouldKnowWhenThePacketIsDue() {
        assertThat(new Rate(1000, false).nanos(500, 1)).isEqualTo(500_000_000L);
        assertThat(new Rate(8000, true).nanos(1, 500)).isEqualTo(500_000_000L);
        assertThat(Rate.UNLIMITED.nanos(1000, 1000)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"64K, 65536", "100m, 104857600", "2G, 2147483648", "17, 17"})
    void shouldReadSizes(String text, long bytes) {
        assertThat(new ByteSize().convert(text)).isEqualTo(bytes);
    }
}
