package org.fusedpcap.testkit.writer;

import java.time.Instant;

/** The time of packets. */
@FunctionalInterface
public interface CaptureClock {

    /** When all virtual captures begin: 2026-11-22 10:11:12 UTC. */
    Instant START = Instant.parse("2026-11-22T10:11:12Z");

    /** The time of the next packet, in nanoseconds since 1970; never before an earlier one. */
    long nextNanos();

    /** The clock on the wall. */
    static CaptureClock wall() {
        return new CaptureClock() {
            private long last;

            @Override
            public long nextNanos() {
                last = Math.max(last, nanos(Instant.now()));
                return last;
            }
        };
    }

    /**
     * A clock that only packets move, for captures that are the same each time.
     *
     * @param start time of the first packet
     * @param stepNanos time from one packet to the next, in nanoseconds
     */
    static CaptureClock virtual(Instant start, long stepNanos) {
        return new CaptureClock() {
            private long next = nanos(start);

            @Override
            public long nextNanos() {
                long now = next;
                next += stepNanos;
                return now;
            }
        };
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
