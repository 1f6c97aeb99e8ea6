package org.fusedpcap.fs.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import org.fusedpcap.fs.options.Wildcard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndPatternTest {

    @ParameterizedTest
    @CsvSource({
        "'*\n', *",
        "'*', *",
        "'eth0.pcap.1\n', eth0.pcap.1",
        "'  eth0.pcap.1\t\r\n', eth0.pcap.1",
        "'\n\nx\n\n', x",
        "'a b\n', a b",
        "'a..b', a..b",
        "'...', ...",
        "'\u00e4', ä",
    })
    void shouldTakeALineWithoutTheWhiteSpaceAroundIt(String line, String pattern) throws Exception {
        assertThat(EndPattern.parse(line.getBytes(UTF_8)))
                .contains(new EndPattern(new Wildcard(pattern)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "  \t\n", "\n\n\n"})
    void shouldTakeAnEmptyLineAsNone(String line) throws Exception {
        assertThat(EndPattern.parse(line.getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "/", "/a", "a\0b", "\0", "a\nb", "a\n\nb\n", ".", "..", " .. \n"})
    void shouldRefuseWhatNoFileIsCalled(String line) {
        assertThatExceptionOfType(InvalidPatternException.class)
                .isThrownBy(() -> EndPattern.parse(line.getBytes(UTF_8)));
    }

    @Test
    void shouldRefuseWhatIsLongerThanAnyName() throws Exception {
        assertThat(EndPattern.parse(("x".repeat(255) + "\n").getBytes(UTF_8))).isPresent();
        assertThat(EndPattern.parse(("ä".repeat(127) + "\n").getBytes(UTF_8))).isPresent();
        for (String line : new String[] {"x".repeat(256), "ä".repeat(128), "x".repeat(1 << 20)}) {
            assertThatExceptionOfType(InvalidPatternException.class)
                    .isThrownBy(() -> EndPattern.parse(line.getBytes(UTF_8)))
                    .withMessage("a file name has at most 255 bytes");
        }
    }

    @Test
    void shouldRefuseBytesThatAreNoText() {
        assertThatExceptionOfType(InvalidPatternException.class)
                .isThrownBy(() -> EndPattern.parse(new byte[] {'a', (byte) 0xff, '\n'}));
    }

    @ParameterizedTest
    @CsvSource({
        "*, eth0.pcap.1, true",
        "eth0.pcap.1, eth0.pcap.1, true",
        "eth0.pcap.1, eth0.pcap.10, false",
        "eth0.pcap.1, eth0.pcap.1.gz, true",
        "eth0.pcap.1, eth0.pcap.1.zst, true",
        "eth0.pcap.1, eth0.pcap.1.lz4, true",
        "eth0.pcap.1, eth0.pcap.1.xz, true",
        "eth0.pcap.1, eth0.pcap.1.bz2, false",
        "eth0.pcap.1, eth0.pcap.1.gz.gz, false",
        "eth0.pcap.1.gz, eth0.pcap.1.gz, true",
        "eth0.pcap.1.gz, eth0.pcap.1, false",
        "*.gz, eth0.pcap.1, false",
        "*.pcap, x.pcap.gz, true",
    })
    void shouldMeanASegmentAlsoWhenItHasBeenCompressed(
            String pattern, String segment, boolean matches) throws Exception {
        EndPattern end = EndPattern.parse(pattern.getBytes(UTF_8)).orElseThrow();
        assertThat(end.matches(segment)).isEqualTo(matches);
    }

    @Test
    void shouldAnswerAnyBytesWithAPatternOrARefusal() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] line = new byte[random.nextInt(20)];
            for (int j = 0; j < line.length; j++) {
                line[j] =
                        (byte)
                                (random.nextInt(4) > 0
                                        ? "a.*?/ \n\0".charAt(random.nextInt(8))
                                        : random.nextInt(256));
            }
            try {
                EndPattern.parse(line)
                        .ifPresent(
                                end ->
                                        assertThat(end.wildcard().pattern())
                                                .as("seed %d", seed)
                                                .isNotBlank()
                                                .doesNotContain("/", "\n", "\0"));
            } catch (InvalidPatternException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
