package org.fusedpcap.testkit.soak;

import java.time.Duration;

/** How long things may take on a machine that does much else. What takes longer hangs. */
final class Limits {

    /** For a reader whose stream has ended, to see that. */
    static final Duration END = Duration.ofSeconds(90);

    /** For a process that was told to end by a signal. */
    static final Duration SIGNAL = Duration.ofSeconds(30);

    /** For a look at the mount. */
    static final Duration LOOK = Duration.ofSeconds(60);

    private Limits() {}
}
