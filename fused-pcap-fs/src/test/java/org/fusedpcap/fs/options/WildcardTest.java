package org.fusedpcap.fs.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {

    @ParameterizedTest
    @CsvSource({
        "*, eth0.pcap, true",
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "eth0.pcap, eth0.pcap, true",
        "eth0.pcap, eth0.pcap1, false",
        "eth0.pcap, eth0xpcap, false",
        "eth0*, eth0, true",
        "eth0*, eth1, false",
        "*.pcap, .pcap, true",
        "eth?.pcap, eth0.pcap, true",
        "eth?.pcap, eth.pcap, false",
        "eth?.pcap, eth10.pcap, false",
        "a*b*c, abbbcc, true",
        "a*b*c, acb, false",
        "***, x, true",
        "?*?, x, false",
        "[a-z], [a-z], true",
        "[a-z], a, false",
        "ETH0, eth0, false",
        "x*, 'x\u00e4', true",
        "x?, x😀, true",
        "x??, x😀, false",
    })
    void shouldMatchAsTheShellDoes(String pattern, String name, boolean matches) {
        assertThat(new Wildcard(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void shouldAgreeWithARegularExpressionOnRandomPatterns() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String pattern = text(random, "ab*?.");
            String name = text(random, "ab.");
            String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
            assertThat(new Wildcard(pattern).matches(name))
                    .as("seed %d: %s on %s", seed, pattern, name)
                    .isEqualTo(name.matches(regex));
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(9); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    @Timeout(60)
    void shouldComeToAnEndWhenAPatternHasManyStars() {
        Wildcard wildcard = new Wildcard("*a".repeat(120) + "*b");
        assertThat(wildcard.matches("a".repeat(255))).isFalse();
        assertThat(wildcard.matches("a".repeat(254) + "b")).isTrue();
    }
}
