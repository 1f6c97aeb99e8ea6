package org.fusedpcap.fs.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long wallNs = 1_700_000_000L * SECOND;
    private long steadyNs = 5 * SECOND;
    private int waits;
    private boolean inTime = true;

    private final CatchUp catchUp =
            new CatchUp(
                    () -> {
                        waits++;
                        return inTime;
                    },
                    () -> wallNs,
                    () -> steadyNs);

    private void pass(long ns) {
        wallNs += ns;
        steadyNs += ns;
    }

    @Test
    void shouldWaitForTheFirstFile() {
        catchUp.to(wallNs - 1000 * SECOND);

        assertThat(waits).isEqualTo(1);
    }

    @Test
    void shouldNotWaitForFilesThatWereChangedBeforeItHasWaited() {
        catchUp.now();
        long before = wallNs - 4 * SECOND;
        for (int i = 0; i < 1000; i++) {
            pass(SECOND / 100);
            catchUp.to(before);
        }

        assertThat(waits).isEqualTo(1);
    }

    @Test
    void shouldWaitForAFileThatWasChangedSinceHoweverLongAgo() {
        catchUp.now();
        long changed = wallNs + SECOND;
        pass(3600 * SECOND);
        catchUp.to(changed);
        catchUp.to(changed + 60 * SECOND);

        assertThat(waits).isEqualTo(2);
    }

    @Test
    void shouldWaitForAFileWhoseTimeMayBeThatOfAnEarlierTick() {
        catchUp.now();
        catchUp.to(wallNs - 2 * SECOND);

        assertThat(waits).isEqualTo(2);
    }

    @Test
    void shouldWaitForAFileOfTheFuture() {
        catchUp.now();
        pass(10 * SECOND);
        catchUp.to(wallNs + 3600 * SECOND);
        catchUp.to(wallNs + 3600 * SECOND);

        assertThat(waits).isEqualTo(3);
    }

    @Test
    void shouldWaitOnceMoreWhenTheClockWasSetBack() {
        catchUp.now();
        wallNs -= 3600 * SECOND;
        pass(10 * SECOND);
        long afterItWasSet = wallNs - 5 * SECOND;
        catchUp.to(afterItWasSet);
        catchUp.to(afterItWasSet);

        assertThat(waits).isEqualTo(2);
    }

    @Test
    void shouldWaitOnceMoreWhenTheClockWasSetForward() {
        catchUp.now();
        long before = wallNs - 10 * SECOND;
        wallNs += 3600 * SECOND;
        catchUp.to(before);
        catchUp.to(before);

        assertThat(waits).isEqualTo(2);
    }

    @Test
    void shouldNotCountOnWhatWasNotToldInTime() {
        inTime = false;
        catchUp.now();
        catchUp.to(wallNs - 10 * SECOND);
        inTime = true;
        catchUp.to(wallNs - 10 * SECOND);
        catchUp.to(wallNs - 10 * SECOND);

        assertThat(waits).isEqualTo(3);
    }
}
