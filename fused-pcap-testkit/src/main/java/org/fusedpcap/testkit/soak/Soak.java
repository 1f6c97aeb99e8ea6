package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A run: capture programs that come and go, readers of every kind, kills, stops, ends, looks; and a
 * judge of all of it. The same seed makes the same decisions; what comes of them is up to the
 * machine. For one thread.
 */
public final class Soak {

    private static final int SCENES = 3;
    private static final int LOOKS = 2;
    private static final long STEP_NANOS = 50_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;
    // Those that serve, that look at directories, and that tell of polled handles stay on.
    private static final int SPARE_THREADS = 10;
    private static final int SPARE_DESCRIPTORS = 4;

    private final Chance chance;
    private final Findings findings;
    private final Stage stage;
    private final DaemonLog log;
    private final long daemon;
    private final Path source;
    private final long begin = System.nanoTime();
    private final List<Scene> scenes = new ArrayList<>();
    private final List<Process> looks = new ArrayList<>();
    private final Samples samples = new Samples();
    private int scenesBegun;

    /**
     * A run over a mount that is there.
     *
     * @param seed where all chance comes from
     * @param source the mounted directory, empty
     * @param mount where it is mounted
     * @param daemon process id of the daemon
     * @param log what it logs to
     * @param work a directory for small files
     * @param out where faults are told as they are found
     */
    public Soak(
            long seed, Path source, Path mount, long daemon, Path log, Path work, PrintStream out)
            throws IOException {
        this.chance = new Chance(seed);
        this.findings = new Findings(out);
        this.log = new DaemonLog(log);
        this.daemon = daemon;
        this.source = source;
        this.stage = new Stage(chance, findings, source, mount, work, this.log);
    }

    /**
     * Runs.
     *
     * @param duration how long; coming to an end takes some seconds more
     * @return what to say about it
     */
    public SoakReport run(Duration duration) throws IOException {
        Sample before = sample();
        long end = begin + duration.toNanos();
        while (System.nanoTime() - end < 0 && isAlive()) {
            if (scenes.size() < SCENES) {
                scenes.add(new Scene(stage, scenesBegun++));
            }
            step();
            look();
            if (isSampleDue()) {
                samples.add(sample());
            }
        }
        for (Process look : looks) {
            look.destroyForcibly();
        }
        while (!scenes.isEmpty() && isAlive()) {
            scenes.forEach(Scene::hurry);
            step();
        }
        if (isAlive()) {
            requireNothingLeft(before);
            samples.grown().forEach(findings::fault);
        }
        for (String failure : log.failures()) {
            findings.fault("in the log: " + failure);
        }
        return new SoakReport(findings.counts(), samples, findings.faults());
    }

    private boolean isAlive() {
        boolean alive = ProcessHandle.of(daemon).filter(ProcessHandle::isAlive).isPresent();
        if (!alive) {
            findings.fault("the daemon has died");
        }
        return alive;
    }

    private void step() throws IOException {
        LockSupport.parkNanos(STEP_NANOS);
        for (Iterator<Scene> all = scenes.iterator(); all.hasNext(); ) {
            Scene scene = all.next();
            scene.step();
            if (scene.isOver()) {
                all.remove();
            }
        }
    }

    private void look() throws IOException {
        looks.removeIf(look -> !look.isAlive());
        for (Iterator<Process> all = looks.iterator(); all.hasNext(); ) {
            Process look = all.next();
            if (isOld(look)) {
                findings.fault("hangs: " + look.info().commandLine().orElse("a look"));
                look.destroyForcibly();
                all.remove();
            }
        }
        if (looks.size() < LOOKS && chance.oneIn(6)) {
            findings.count("looks");
            looks.add(stage.shell().start(new Looks(chance, stage.mount()).any(chance.of(scenes))));
        }
    }

    private static boolean isOld(Process look) {
        return look.info()
                .startInstant()
                .filter(start -> start.plus(Limits.LOOK).isBefore(Instant.now()))
                .isPresent();
    }

    private boolean isSampleDue() {
        return seconds() >= samples.all().size();
    }

    private double seconds() {
        return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }

    private Sample sample() throws IOException {
        return Sample.of(daemon, seconds(), scenes.stream().mapToLong(Scene::readers).sum());
    }

    private Sample sampleNow() {
        try {
            return sample();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLike(Sample before, Sample after) {
        return after.descriptors() - after.pipes()
                        <= before.descriptors() - before.pipes() + SPARE_DESCRIPTORS
                && after.threads() <= before.threads() + SPARE_THREADS;
    }

    private void requireNothingLeft(Sample before) throws IOException {
        if (!holdsSoon(() -> openBelowSource().isEmpty())) {
            findings.fault("still open: " + openBelowSource());
        }
        if (!holdsSoon(() -> inUse().isEmpty())) {
            findings.fault("in use still, by .metrics: " + inUse());
        }
        // Threads that have nothing to do any more end after a moment.
        if (!holdsSoon(() -> isLike(before, sampleNow()))) {
            findings.fault("left: before " + before + ", after " + sample());
        }
    }

    /** What the daemon says is in use still, though nobody has anything open. */
    private List<String> inUse() {
        try {
            Metrics metrics = Metrics.read(stage.mount());
            return Metrics.OF_USE.stream()
                    .filter(name -> metrics.isEmpty() || metrics.sum(name) != 0)
                    .map(name -> name + " " + metrics.sum(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holdsSoon(BooleanSupplier holds) {
        long end = System.nanoTime() + Limits.SIGNAL.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return true;
    }

    private List<String> openBelowSource() {
        try {
            return Sample.descriptors(daemon).stream()
                    .filter(target -> target.startsWith(source + "/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
