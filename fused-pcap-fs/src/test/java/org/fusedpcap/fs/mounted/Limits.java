package org.fusedpcap.fs.mounted;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long to wait for what must happen. No test fails for being slow, only for being stuck. */
final class Limits {

    /** For anything that takes milliseconds on an idle machine; the machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    /** For work that keeps an idle machine busy for seconds. */
    static final Duration WORK = Duration.ofMinutes(8);

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private Limits() {}

    /** Waits for a condition, looking every few milliseconds. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY);
    }
}
