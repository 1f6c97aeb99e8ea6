package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Any texts as file names: each is read, belongs to its own series, and the order is one. */
public final class NamesFuzz {

    private static final int MOST = 6;
    private static final int LONGEST = 255;

    private NamesFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        List<String> names =
                Stream.of(new String(input, StandardCharsets.UTF_8).split("[/\\x00]"))
                        .filter(name -> !name.isEmpty() && !name.startsWith("."))
                        .map(name -> name.substring(0, Math.min(LONGEST, name.length())))
                        .limit(MOST)
                        .toList();
        for (String name : names) {
            requireOwnSeries(name, names);
        }
        requireOrder(names);
    }

    private static void requireOwnSeries(String start, List<String> names) {
        String identity = Compression.strip(start);
        for (NameGrammar.Reading reading : NameGrammar.readings(identity)) {
            assertThat(reading.template().regex()).isNotEmpty();
        }
        Members members = Members.of(start, SeriesSpec.DEFAULT);
        assertThat(members.contains(start, identity)).as(start).isTrue();
        members.decide(start, names);
        assertThat(members.contains(start, identity)).as(start).isTrue();
        for (String name : names) {
            members.read(name, Compression.strip(name));
        }
    }

    private static void requireOrder(List<String> names) {
        Comparator<String> order = NaturalOrder.INSTANCE;
        for (String a : names) {
            for (String b : names) {
                int ab = Integer.signum(order.compare(a, b));
                assertThat(ab).isEqualTo(-Integer.signum(order.compare(b, a)));
                assertThat(ab == 0).as("%s, %s", a, b).isEqualTo(a.equals(b));
                for (String c : names) {
                    if (ab <= 0 && order.compare(b, c) <= 0) {
                        assertThat(order.compare(a, c)).as("%s, %s, %s", a, b, c).isNotPositive();
                    }
                }
            }
        }
    }
}
