package org.fusedpcap.fs.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OptionsRandomTest {

    private static final List<String> PIECES =
            List.of(
                    "clustersize",
                    "clustermode",
                    "clusterabend",
                    "blockslack",
                    "filesize",
                    "keepcache",
                    "filematch",
                    "order",
                    "tunnel",
                    "uid",
                    "umask",
                    "ro",
                    "x-",
                    "=",
                    "=",
                    "=",
                    ",",
                    ",",
                    ",",
                    "\\",
                    "\"",
                    "1",
                    "0",
                    "65536",
                    "9999999999999999999",
                    "T",
                    "K",
                    "*",
                    "?",
                    "/",
                    "\0",
                    "\n",
                    " ",
                    "name",
                    "inner",
                    "yes",
                    "\uD800",
                    "😀",
                    "ä");

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    OptionsRandomTest() {
        System.out.println("seed " + seed);
    }

    @Test
    void shouldAnswerAnyTextWithOptionsOrOneLine() {
        for (int i = 0; i < 100_000; i++) {
            String text = text();
            try {
                MountOptions.parse(List.of(text));
                StreamOptions options = StreamOptions.DEFAULTS.withAll(text);
                assertRoundTrip(options, StreamOptions.DEFAULTS);
            } catch (OptionException e) {
                assertThat(e.getMessage())
                        .as("seed %d: %s", seed, text)
                        .doesNotContainPattern("\\p{Cntrl}");
            }
        }
    }

    @Test
    void shouldReadBackEveryDifferenceItWrites() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            assertRoundTrip(options(), options());
        }
    }

    private void assertRoundTrip(StreamOptions options, StreamOptions base) throws OptionException {
        String level = options.levelOver(base);
        assertThat(base.withAll(level)).as("seed %d: %s", seed, level).isEqualTo(options);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(10); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private StreamOptions options() {
        StringBuilder glob = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            glob.append("ab*?,\\\"= \n😀".charAt(random.nextInt(11)));
        }
        return new StreamOptions(
                1 + random.nextInt(1024),
                random.nextInt(5),
                ClusterAbend.values()[random.nextInt(3)],
                1 + random.nextInt(65536),
                1 + (random.nextLong() >>> 1 + random.nextInt(60)) % (Long.MAX_VALUE - 1),
                random.nextBoolean(),
                glob.toString(),
                SegmentOrder.values()[random.nextInt(3)],
                Tunnel.values()[random.nextInt(2)]);
    }
}
