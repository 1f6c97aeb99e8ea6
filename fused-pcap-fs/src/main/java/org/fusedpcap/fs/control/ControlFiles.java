package org.fusedpcap.fs.control;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.fusedpcap.fs.options.names.ControlName;
import org.fusedpcap.fs.options.names.ControlName.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control files of one source directory: where its readers are to end, and what became of them.
 * Thread-safe; nothing here waits for anything but a lock held for a few map operations. ({@code
 * .status} and {@code .metrics} are not kept here, they are made when they are read.)
 *
 * <p><b>What a write means.</b> Each write is one whole line and takes the place of what was there,
 * wherever in the file it was meant for, as in procfs. The shell truncates a file before it writes
 * to it; that changes nothing, for else there would be a moment with no end, and a reader passing
 * just then would miss both the old and the new one. An empty line, or removing the file, takes the
 * end back. A file that was created and not yet written is there and empty, and is no end.
 *
 * <p><b>How a reader and a writer meet.</b> The patterns are published by {@link #lock}: whoever
 * writes changes them under it, lets it go, and then calls every listener, on its own thread and
 * before the write returns. A reader subscribes first, then asks {@link #endAt}, then waits. Either
 * its question takes the lock after the change and sees it, or its listener, subscribed before that
 * question, is called after the change. So no end is missed, and a listener may come once for
 * nothing. Listeners are called without the lock: they may take locks of their own and ask here
 * again, and the lock is the last in every order. One that throws is logged and does not keep the
 * others from being called.
 *
 * <p><b>Bounds.</b> Files for processes must not pile up with processes long gone, so of each sort
 * at most {@value #MOST_PROCESSES} are kept; one more drops the one unchanged for longest. The same
 * holds for clusters in {@code .abend}.
 */
public final class ControlFiles {

    /** How many files of one sort are kept. */
    public static final int MOST_PROCESSES = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(ControlFiles.class);

    private final Clock clock;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    /**
     * Guards {@link #ends} and {@link #outcomes}; nothing blocks and no listener is called under
     * it.
     */
    private final Object lock = new Object();

    private final Ends ends = new Ends();
    private final Outcomes outcomes = new Outcomes();

    /** A directory in which nothing has happened; {@code clock} gives the files their times. */
    public ControlFiles(Clock clock) {
        this.clock = clock;
    }

    /** A listener's place among those that are called; closing it takes it away. */
    public final class Subscription implements AutoCloseable {

        private final Runnable listener;

        private Subscription(Runnable listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }

        private void tell() {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("A reader could not be told of a changed end", e);
            }
        }
    }

    /**
     * Has {@code listener} called after every change of an end, until the subscription is closed.
     */
    public Subscription subscribe(Runnable listener) {
        Subscription subscription = new Subscription(listener);
        subscriptions.add(subscription);
        return subscription;
    }

    private void tellAll() {
        subscriptions.forEach(Subscription::tell);
    }

    /**
     * Says whether an end may be set for a process where {@code clusterSize} holds.
     *
     * @throws InvalidPatternException if {@code name} is about one process and a stream here is
     *     shared
     */
    public static void requireAllowed(ControlName name, int clusterSize)
            throws InvalidPatternException {
        if (name.kind() == Kind.END && name.isForProcess() && clusterSize > 1) {
            throw new InvalidPatternException(
                    name + ": a cluster ends as a whole; write to .end, or use clustersize=1");
        }
    }

    /**
     * Makes the file, empty, if it is not there: no end yet.
     *
     * @throws IllegalArgumentException if it is none that users write; so do all methods that
     *     change one
     */
    public void create(ControlName end) {
        requireWritable(end);
        synchronized (lock) {
            ends.create(end, clock.instant());
        }
    }

    /**
     * Takes one write to the file: sets the end, or takes it back if the line is empty.
     *
     * @throws InvalidPatternException if it cannot be an end; the one before then holds on
     */
    public void write(ControlName end, byte[] line) throws InvalidPatternException {
        requireWritable(end);
        Optional<EndPattern> pattern = parse(end, line);
        synchronized (lock) {
            if (pattern.isPresent()) {
                ends.set(end, pattern.get(), clock.instant());
            } else {
                ends.remove(end);
            }
        }
        tellAll();
    }

    private Optional<EndPattern> parse(ControlName end, byte[] line)
            throws InvalidPatternException {
        try {
            return EndPattern.parse(line);
        } catch (InvalidPatternException e) {
            synchronized (lock) {
                ends.removeIfEmpty(end);
            }
            throw e;
        }
    }

    /** Takes an end back; false if the file is not there. */
    public boolean remove(ControlName end) {
        requireWritable(end);
        boolean removed;
        synchronized (lock) {
            removed = ends.remove(end);
        }
        if (removed) {
            tellAll();
        }
        return removed;
    }

    /**
     * Takes back the ends of processes that are gone, whose ids others may get. {@code isGone} is
     * asked without the lock, so it may look into /proc.
     */
    public void removeProcesses(IntPredicate isGone) {
        Set<Integer> pids;
        synchronized (lock) {
            pids = ends.processes();
        }
        Set<Integer> gone = pids.stream().filter(isGone::test).collect(Collectors.toSet());
        boolean removed;
        synchronized (lock) {
            removed = ends.removeProcesses(gone);
        }
        if (removed) {
            tellAll();
        }
    }

    private static void requireWritable(ControlName name) {
        if (!name.isWritable()) {
            throw new IllegalArgumentException(name + " is read-only");
        }
    }

    /** The file as it is now, if it is there. */
    public Optional<ControlFile> find(ControlName name) {
        synchronized (lock) {
            return name.kind() == Kind.END ? ends.find(name) : outcomes.find(name);
        }
    }

    /** All files that are there now. */
    public List<ControlFile> list() {
        synchronized (lock) {
            List<ControlFile> files = new ArrayList<>(ends.list());
            files.addAll(outcomes.list());
            return files;
        }
    }

    /**
     * Whether a cluster that has read a complete segment to its end is to end there.
     *
     * @param segment the segment's file name
     */
    public Optional<ControlName> endAt(String segment) {
        return endAt(segment, Set.of());
    }

    /**
     * Whether a reader that has read a complete segment to its end is to end there. If there is an
     * end for one of its processes, those alone count, else the one for all.
     *
     * @param segment the segment's file name
     * @param pids its processes: the opener and whoever has read from the same handle; 0 is passed
     *     over
     * @return the file that says so, to be handed to {@link #recordEnd}; empty: go on
     */
    public Optional<ControlName> endAt(String segment, Collection<Integer> pids) {
        synchronized (lock) {
            return ends.countingFor(pids).stream()
                    .filter(name -> ends.pattern(name).filter(p -> p.matches(segment)).isPresent())
                    .findFirst();
        }
    }

    /**
     * Says what a reader that ended has read: {@code .last} and {@code .next}, or those of the
     * process that {@code end} is about.
     *
     * @param end what made it end, as {@link #endAt} said
     * @param last name of the segment read last
     * @param next name of the one that would have come, or nothing if there is none yet
     */
    public void recordEnd(ControlName end, String last, String next) {
        synchronized (lock) {
            outcomes.ended(end.pid(), last, next, clock.instant());
        }
    }

    /**
     * Says that members of a cluster closed before their end of file: {@code .abend}, {@code .last}
     * and {@code .next}. May be said several times of one cluster; the processes add up, the
     * segments are replaced.
     *
     * @param cluster the path and options that its members share
     * @param pids processes that closed early; 0 stands for one that cannot be seen from here
     */
    public void recordAbend(String cluster, Collection<Integer> pids, String last, String next) {
        synchronized (lock) {
            outcomes.left(cluster, new LinkedHashSet<>(pids), clock.instant());
            outcomes.ended(0, last, next, clock.instant());
        }
    }

    /** Says that the next cluster with that path and options has filled up. */
    public void clearAbend(String cluster) {
        synchronized (lock) {
            outcomes.forget(cluster);
        }
    }
}
