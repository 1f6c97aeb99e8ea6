package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdlePollingTest {

    private static final int MANY = 64;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final IdlePolling polling = new IdlePolling(now::get, Optional.of(this::ask));

    private AutoCloseable ask() {
        asked.incrementAndGet();
        held.incrementAndGet();
        return held::decrementAndGet;
    }

    @AfterEach
    void close() {
        polling.close();
        awaitHeld(0);
    }

    private void awaitHeld(int count) {
        Awaitility.await().until(() -> held.get() == count);
    }

    private void pass(long microseconds) {
        now.addAndGet(TimeUnit.MICROSECONDS.toNanos(microseconds));
    }

    private void read(int reads, long microsecondsEach) {
        for (int i = 0; i < reads; i++) {
            pass(microsecondsEach);
            polling.answered(8192);
        }
    }

    @Test
    void shouldKeepProcessorsAwakeWhileReadsComeOneAfterTheOther() {
        read(MANY, 200);
        awaitHeld(1);

        read(10 * MANY, 200);
        pass(19_000);
        assertThat(asked).hasValue(1);
        assertThat(held).hasValue(1);
    }

    @Test
    void shouldLetProcessorsSleepWhenNobodyCatchesUpAnyMore() {
        read(MANY, 200);
        awaitHeld(1);
        pass(20_000);
        awaitHeld(0);

        read(MANY, 0);
        pass(1);
        read(MANY, 0);
        awaitHeld(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldLetProcessorsSleepBetweenFewReads() {
        read(20 * MANY, 201);
        pass(100_000);

        // Were one of those enough, this would be the second time.
        read(2 * MANY, 0);
        awaitHeld(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldKeepProcessorsAwakeForFewerReadsThatAreLong() {
        for (int i = 0; i < 5; i++) {
            pass(2_500);
            polling.answered(960 * 1024);
        }

        awaitHeld(1);
    }

    @Test
    void shouldAskNoMoreWhereTheKernelDoesNotAgree() {
        AtomicInteger refused = new AtomicInteger();
        try (IdlePolling alone =
                new IdlePolling(
                        now::get,
                        Optional.of(
                                () -> {
                                    refused.incrementAndGet();
                                    throw new IOException("not permitted");
                                }))) {
            for (int i = 0; i < 100 * MANY; i++) {
                alone.answered(8192);
            }
            Awaitility.await().untilAtomic(refused, Matchers.is(1));
            for (int i = 0; i < 100 * MANY; i++) {
                alone.answered(8192);
            }
            assertThat(refused).hasValue(1);
        }
    }

    @Test
    void shouldDoNothingWhereProcessorsAreToSleep() {
        try (IdlePolling alone = new IdlePolling(now::get, Optional.empty())) {
            for (int i = 0; i < 100 * MANY; i++) {
                alone.answered(8192);
            }
        }

        assertThat(asked).hasValue(0);
    }
}
