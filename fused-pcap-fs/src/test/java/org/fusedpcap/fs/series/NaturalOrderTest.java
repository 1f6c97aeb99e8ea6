package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

    @Test
    void shouldOrderNumbersByValueWhateverTheirLength() {
        assertThat(sorted("f10", "f9", "f1", "f", "f100000000000000000000000", "f2"))
                .containsExactly("f", "f1", "f2", "f9", "f10", "f100000000000000000000000");
    }

    @Test
    void shouldOrderNumbersByValueWhateverZeroesLead() {
        assertThat(sorted("f010", "f9", "f08", "f11", "f0"))
                .containsExactly("f0", "f08", "f9", "f010", "f11");
    }

    @Test
    void shouldTellNamesOfEqualNumbersApart() {
        assertThat(NaturalOrder.INSTANCE.compare("f1", "f01")).isNotZero();
        assertThat(NaturalOrder.INSTANCE.compare("f1x2", "f01x1")).isPositive();
    }

    @Test
    void shouldBeATotalOrder() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            StringBuilder name = new StringBuilder();
            for (int j = random.nextInt(6); j >= 0; j--) {
                name.append("00129ab.".charAt(random.nextInt(8)));
            }
            names.add(name.toString());
        }
        for (String a : names) {
            for (String b : names) {
                int order = Integer.signum(NaturalOrder.INSTANCE.compare(a, b));
                assertThat(order).isEqualTo(-Integer.signum(NaturalOrder.INSTANCE.compare(b, a)));
                assertThat(order == 0).isEqualTo(a.equals(b));
                for (String c : names) {
                    if (order < 0 && NaturalOrder.INSTANCE.compare(b, c) < 0) {
                        assertThat(NaturalOrder.INSTANCE.compare(a, c)).isNegative();
                    }
                }
            }
        }
    }

    private static List<String> sorted(String... names) {
        List<String> list = new ArrayList<>(List.of(names));
        list.sort(NaturalOrder.INSTANCE);
        return list;
    }
}
