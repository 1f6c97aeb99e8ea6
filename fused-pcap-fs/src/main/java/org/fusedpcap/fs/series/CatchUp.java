package org.fusedpcap.fs.series;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits until what happened in a directory has been told, and knows up to when that is so: who asks
 * about a file that was last changed before need not wait. So a directory of old files costs
 * nothing, however late the notices of new ones are.
 *
 * <p>Thread-safe.
 */
final class CatchUp {

    /** The time of a file is that of the last tick of a clock, the coarsest of which takes 2 s. */
    private static final long MARGIN_NS = TimeUnit.SECONDS.toNanos(3);

    /** What two clocks may differ by without one of them having been set. */
    private static final long DRIFT_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * @param wallNs in nanoseconds since 1970, by a clock that may be set
     * @param steadyNs in nanoseconds, by one that may not
     */
    private record Moment(long wallNs, long steadyNs) {

        boolean isByTheSameClock(Moment other) {
            return Math.abs((wallNs - other.wallNs) - (steadyNs - other.steadyNs)) <= DRIFT_NS;
        }
    }

    private final BooleanSupplier sync;
    private final LongSupplier wallNs;
    private final LongSupplier steadyNs;

    /**
     * A moment before which everything has been told. One that is replaced by an earlier one, which
     * another thread has waited for, costs some waiting.
     */
    private volatile Optional<Moment> told = Optional.empty();

    /**
     * @param sync waits for everything that happened before; whether it has been told
     * @param wallNs nanoseconds since 1970
     * @param steadyNs as {@link System#nanoTime}
     */
    CatchUp(BooleanSupplier sync, LongSupplier wallNs, LongSupplier steadyNs) {
        this.sync = sync;
        this.wallNs = wallNs;
        this.steadyNs = steadyNs;
    }

    /** With the clocks of this machine. */
    CatchUp(BooleanSupplier sync) {
        this(
                sync,
                () -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()),
                System::nanoTime);
    }

    /** Waits for everything that happened before the call. */
    void now() {
        Moment begin = moment();
        if (sync.getAsBoolean()) {
            told = Optional.of(begin);
        }
    }

    /**
     * Waits for what had happened when a file was last changed, unless that has been told.
     *
     * @param changedNs in nanoseconds since 1970
     */
    void to(long changedNs) {
        if (told.filter(last -> isBefore(changedNs, last)).isEmpty()) {
            now();
        }
    }

    private boolean isBefore(long changedNs, Moment last) {
        return changedNs < last.wallNs - MARGIN_NS && moment().isByTheSameClock(last);
    }

    private Moment moment() {
        return new Moment(wallNs.getAsLong(), steadyNs.getAsLong());
    }
}
