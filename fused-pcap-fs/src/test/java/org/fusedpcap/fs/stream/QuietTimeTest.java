package org.fusedpcap.fs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.fusedpcap.fs.linux.FileIdentity;
import org.junit.jupiter.api.Test;

class QuietTimeTest {

    private static final FileIdentity BEFORE = new FileIdentity(1, 2, 100, 1_000);
    private static final FileIdentity GROWN = new FileIdentity(1, 2, 200, 2_000);
    private static final FileIdentity TOUCHED = new FileIdentity(1, 2, 200, 3_000);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
    private final QuietTime quiet = new QuietTime(clock::get);

    @Test
    void shouldBeReachedWhenTheFileStayedAsItWasForSoLong() {
        assertThat(quiet.isReached(BEFORE)).isFalse();
        clock.addAndGet(QuietTime.LIMIT_NS - 1);
        assertThat(quiet.isReached(BEFORE)).isFalse();
        clock.addAndGet(1);
        assertThat(quiet.isReached(BEFORE)).isTrue();
    }

    @Test
    void shouldBeginAgainWithEachChange() {
        quiet.isReached(BEFORE);
        clock.addAndGet(QuietTime.LIMIT_NS);
        assertThat(quiet.isReached(GROWN)).isFalse();
        clock.addAndGet(QuietTime.LIMIT_NS - 1);
        assertThat(quiet.isReached(TOUCHED)).isFalse();
        clock.addAndGet(QuietTime.LIMIT_NS);
        assertThat(quiet.isReached(TOUCHED)).isTrue();
    }
}
