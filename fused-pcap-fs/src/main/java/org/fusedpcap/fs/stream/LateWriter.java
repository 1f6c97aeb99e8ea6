package org.fusedpcap.fs.stream;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.fusedpcap.fs.linux.NativeFile;
import org.fusedpcap.fs.linux.Writers;

/**
 * Whether somebody still writes to the segment that a followed stream has come to the end of. Used
 * under the stream's lock.
 */
final class LateWriter {

    /**
     * How long a segment is held on to that is still open for writing though a newer one exists.
     */
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier clock;
    private final QuietTime quiet;
    private Optional<Long> sinceNs = Optional.empty();

    /**
     * @param clock like {@link System#nanoTime}
     */
    LateWriter(LongSupplier clock) {
        this.clock = clock;
        this.quiet = new QuietTime(clock);
    }

    /** Whether somebody may write to the newest segment yet. */
    boolean mayBeThere(NativeFile newest) throws IOException {
        return switch (newest.writers()) {
            case NONE -> false;
            case SOME -> true;
            case UNKNOWN -> !quiet.isReached(newest.identity());
        };
    }

    /** Whether a segment that has a newer one behind it is to be waited in for its writer. */
    boolean isWaitedFor(NativeFile segment) {
        if (segment.writers() != Writers.SOME) {
            return false;
        }
        long now = clock.getAsLong();
        long since = sinceNs.orElse(now);
        sinceNs = Optional.of(since);
        return now - since < LONGEST_NS;
    }

    /** The stream has come to another segment. */
    void forget() {
        sinceNs = Optional.empty();
    }
}
