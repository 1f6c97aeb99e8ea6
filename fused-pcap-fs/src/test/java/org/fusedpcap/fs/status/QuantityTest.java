package org.fusedpcap.fs.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1073741824, 1.0 GiB",
        "9223372036854775807, 8192.0 PiB"
    })
    void shouldWriteBytesWithAUnit(long bytes, String text) {
        assertThat(Quantity.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-5, 0 s", "59, 59 s", "60, 1 min 0 s", "3700, 1 h 1 min", "90000, 1 d 1 h"})
    void shouldWriteTimesInTheirTwoLargestUnits(long seconds, String text) {
        assertThat(Quantity.time(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
