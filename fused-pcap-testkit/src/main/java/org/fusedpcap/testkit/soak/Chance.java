package org.fusedpcap.testkit.soak;

import java.util.List;
import java.util.Random;

/** Where all decisions of a run come from. Thread-safe. */
final class Chance {

    private final Random random;

    Chance(long seed) {
        this.random = new Random(seed);
    }

    /** 0 to {@code count - 1}. */
    int below(int count) {
        return random.nextInt(count);
    }

    /** {@code least} to {@code most}. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    long seed() {
        return random.nextLong();
    }
}
