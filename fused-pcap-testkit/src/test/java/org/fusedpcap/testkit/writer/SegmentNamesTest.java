package org.fusedpcap.testkit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentNamesTest {

    private static final Instant TIME = Instant.parse("2026-11-22T10:11:12Z");

    private static String name(CaptureProgram program, String prefix, int ring, long index) {
        return new SegmentNames(program, prefix, ring, ZoneOffset.UTC).name(index, TIME);
    }

    @Test
    void shouldWrapTheNumberOfDumpcapAfterFiveDigits() {
        assertThat(name(CaptureProgram.DUMPCAP, "x", 0, 99_998))
                .isEqualTo("x_99999_20261122101112.pcapng");
        assertThat(name(CaptureProgram.DUMPCAP, "x", 0, 99_999))
                .isEqualTo("x_00000_20261122101112.pcapng");
    }

    @ParameterizedTest
    @CsvSource({"10,0,f0", "10,12,f2", "11,3,f03", "100,99,f99", "101,0,f000"})
    void shouldHaveAsManyDigitsAsTheRingOfTcpdumpNeeds(int ring, long index, String name) {
        assertThat(name(CaptureProgram.TCPDUMP_CW, "f", ring, index)).isEqualTo(name);
    }

    @Test
    void shouldUseLocalTime() {
        SegmentNames names =
                new SegmentNames(CaptureProgram.TCPDUMP_G, "%H%M", 0, ZoneId.of("Asia/Kolkata"));
        assertThat(names.name(0, TIME)).isEqualTo("1541");
    }

    @ParameterizedTest
    @CsvSource({
        "f-%s,f-1795342272",
        "%F_%T,2026-11-22_10:11:12",
        "100%%,100%",
        "%y%j,26326",
        "a%,a%"
    })
    void shouldFillInPatterns(String pattern, String name) {
        assertThat(name(CaptureProgram.TCPDUMP_G, pattern, 0, 0)).isEqualTo(name);
    }

    @Test
    void shouldRefuseAPatternItDoesNotKnow() {
        assertThatThrownBy(() -> name(CaptureProgram.TCPDUMP_G, "%Q", 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no conversion %Q");
    }
}
