package org.fusedpcap.testkit.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** What of the daemon is said to have grown. */
class SamplesTest {

    private static final int MIB = 1024;

    @Test
    void shouldFindNothingInRunWhereAllIsLevel() {
        assertThat(memory(1800, second -> 150).grown()).isEmpty();
    }

    @Test
    void shouldNotTakeFirstMinuteOfVirtualMachineForGrowth() {
        IntUnaryOperator started = second -> Math.min(160, 60 + 2 * second);
        assertThat(memory(60, started).grown()).isEmpty();
        assertThat(memory(480, started).grown()).isEmpty();
    }

    @Test
    void shouldTellOfMemoryThatGrowsBehindFirstMinute() {
        assertThat(memory(480, second -> 100 + second / 4).grown())
                .containsExactly("resident MiB grew from 132 to 202");
    }

    @Test
    void shouldTellOfTooMuchMemoryInShortRun() {
        assertThat(memory(60, second -> second == 30 ? 300 : 150).grown())
                .containsExactly("resident MiB: 300, may be 256");
    }

    @Test
    void shouldTellOfThreadsAndDescriptorsThatGrowInShortRun() {
        Samples samples = new Samples();
        for (int second = 0; second < 60; second++) {
            samples.add(new Sample(second, 10, 20 + 3 * second, 0, 20 + 2 * second, 100 * MIB));
        }
        assertThat(samples.grown())
                .containsExactly("descriptors grew from 50 to 170", "threads grew from 40 to 120");
    }

    @Test
    void shouldFindNothingWithoutSamples() {
        assertThat(new Samples().grown()).isEmpty();
    }

    private static Samples memory(int seconds, IntUnaryOperator mebibytes) {
        Samples samples = new Samples();
        for (int second = 0; second < seconds; second++) {
            samples.add(
                    new Sample(second, 10, 40, 0, 40, (long) mebibytes.applyAsInt(second) * MIB));
        }
        return samples;
    }
}
