package org.fusedpcap.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    @Test
    void shouldSayHowFarItIsAndHowFast() {
        assertThat(ProgressBar.line(0.5, 1000, 3_000_000, 2))
                .isEqualTo("[###############---------------]  50%  1000 packets, 3.0 MB, 1.5 MB/s");
    }

    @Test
    void shouldHaveNoBarWhenNobodyKnowsTheEnd() {
        assertThat(ProgressBar.line(-1, 7, 0, 1)).isEqualTo("7 packets, 0.0 MB, 0.0 MB/s");
    }

    @Test
    void shouldSayNothingWhereThereIsNoTerminal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ProgressBar bar =
                new ProgressBar(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        bar.update(0.5, 1, 1);
        bar.clear();
        assertThat(out.size()).isZero();
    }
}
