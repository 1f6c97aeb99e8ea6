package org.fusedpcap.fs.series;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a directory is to be listed again, which several threads may ask for and do.
 *
 * <p><b>Protocol.</b> Who asks draws a number <em>before</em> the directory is listed, and reports
 * that number when the listing has been taken in whole. A listing so answers all who asked before
 * it was begun, and none who asked since; one that failed answers nobody.
 */
final class Relisting {

    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();

    /** A listing is needed; the number to report it with. */
    long ask() {
        return asked.incrementAndGet();
    }

    /** A listing that was begun after a number was drawn has been taken in. */
    void done(long number) {
        answered.accumulateAndGet(number, Math::max);
    }

    /** Whether somebody's listing is still to come. */
    boolean isDue() {
        return answered.get() < asked.get();
    }
}
