package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.fusedpcap.fs.status.StatusReport;

/**
 * One mount whose status is read again and again, by a thread of its own: where a mount does not
 * answer, only that thread waits.
 *
 * <p>The viewer allows one reading a round ({@link #ask}); the thread stores what came of it and
 * waits for the next permission. Permissions do not pile up.
 */
final class WatchedMount implements AutoCloseable {

    /**
     * What was read.
     *
     * @param report what the mount said last; empty if it has said nothing yet
     * @param atNs when, by {@link System#nanoTime}
     * @param trouble why there is none newer; nothing if there is
     */
    record Reading(Optional<StatusReport> report, long atNs, String trouble) {

        private static final Reading NOTHING = new Reading(Optional.empty(), 0, "");
    }

    private static final long SLOW_NS = 3_000_000_000L;

    private final Path place;
    private final Semaphore permission = new Semaphore(0);
    private final Thread thread;

    // Written by the reading thread.
    private volatile Reading latest = Reading.NOTHING;
    private volatile Reading before = Reading.NOTHING;

    /** When the reading under way was begun; 0: none is. */
    private volatile long askedNs;

    private volatile boolean closed;

    WatchedMount(Path place) {
        this.place = place;
        this.thread = new Thread(this::readOnAndOn, "read " + place);
        thread.setDaemon(true);
        thread.start();
    }

    Path place() {
        return place;
    }

    /** Has the status read once more, unless that is going on still. */
    void ask() {
        if (askedNs == 0) {
            askedNs = System.nanoTime();
            permission.release();
        }
    }

    private void readOnAndOn() {
        try {
            while (!closed) {
                permission.acquire();
                read();
                askedNs = 0;
            }
        } catch (InterruptedException e) {
            // Closed: nobody looks any more.
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        Reading now = latest;
        try {
            StatusReport report = StatusReport.parse(StatusFile.readNow(StatusFile.in(place)));
            before = now.report().isPresent() ? now : before;
            latest = new Reading(Optional.of(report), System.nanoTime(), "");
        } catch (IOException e) {
            latest = new Reading(now.report(), now.atNs(), Errors.reason(e));
        }
    }

    /** The latest reading, with the trouble of one that takes long. */
    Reading latest() {
        Reading now = latest;
        long asked = askedNs;
        boolean slow = asked != 0 && System.nanoTime() - asked > SLOW_NS;
        return slow ? new Reading(now.report(), now.atNs(), "it does not answer") : now;
    }

    /** The reading before the latest, for rates. */
    Reading before() {
        return before;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
