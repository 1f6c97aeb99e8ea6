package org.fusedpcap.fs.stream;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.fusedpcap.fs.linux.FileIdentity;

/**
 * Tells when a file has not changed for a while, where nobody can say whether it is being written:
 * a file of another user, or on a file system without leases. Only what is seen here counts, not
 * the file's time: another machine's clock may differ. Not thread-safe.
 */
final class QuietTime {

    /** Longer than a capture program keeps packets back, but for those that flush full blocks. */
    static final long LIMIT_NS = 5_000_000_000L;

    private final LongSupplier clock;
    private Optional<FileIdentity> state = Optional.empty();
    private long sinceNs;

    /**
     * @param clock in nanoseconds, as {@link System#nanoTime}
     */
    QuietTime(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Whether a file has been in this state for so long; the time begins with the first look.
     *
     * @param now the file as it is now
     */
    boolean isReached(FileIdentity now) {
        long time = clock.getAsLong();
        if (state.filter(now::equals).isEmpty()) {
            state = Optional.of(now);
            sinceNs = time;
        }
        return time - sinceNs >= LIMIT_NS;
    }
}
