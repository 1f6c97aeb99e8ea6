package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.fusedpcap.testkit.oracle.Grouping;

/**
 * A directory of the source with a capture program in it, and those who read there. Now and then
 * the curtain falls: {@code .end} is set, and everybody has to come to an end. At the last one the
 * program has ended before, and the directory is removed. Used by the conductor's thread alone.
 */
final class Scene {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MOST_READERS = 12;
    private static final List<String> LEVELS =
            List.of("", "", "", "keepcache/", "filesize=1T/", "order=name,keepcache/");

    private final Stage stage;
    private final Chance chance;
    private final Findings findings;
    private final Path source;
    private final Path view;
    private final Plan plan;
    private final ProgramWriter writer;
    private final List<Session> sessions = new ArrayList<>();
    private int acts;
    private long nextCurtain;
    private OptionalLong curtain = OptionalLong.empty();
    private boolean over;

    /** Begins in a directory of its own. */
    Scene(Stage stage, int number) throws IOException {
        this.stage = stage;
        this.chance = stage.chance();
        this.findings = stage.findings();
        this.source = Files.createDirectory(stage.source().resolve("scene" + number));
        this.view = stage.mount().resolve("scene" + number);
        this.plan = Plan.of(chance, number);
        this.writer =
                new ProgramWriter(source, plan.writer(), plan.traffic(), plan.packetsPerSecond());
        this.acts = chance.between(1, 3);
        this.nextCurtain = inSeconds(8, 20);
        findings.count("writers like " + plan.writer().program().title());
    }

    private long inSeconds(int least, int most) {
        return System.nanoTime() + chance.between(least, most) * NANOS_PER_SECOND;
    }

    /** Whether it is over and removed. */
    boolean isOver() {
        return over;
    }

    /** Lets all come to an end as soon as possible. */
    void hurry() {
        acts = Math.min(acts, 1);
        nextCurtain = System.nanoTime();
    }

    /** Does something, or nothing. */
    void step() throws IOException {
        if (writer.hasFailed()) {
            findings.fault("the writer of " + source + " failed: " + plan);
        }
        judgeEnded();
        for (Session session : sessions) {
            session.checkLimit(curtain);
        }
        if (curtain.isPresent()) {
            if (sessions.isEmpty()) {
                lift();
            }
        } else if (System.nanoTime() - nextCurtain > 0) {
            fall();
        } else {
            play();
        }
    }

    private void judgeEnded() throws IOException {
        for (Iterator<Session> all = sessions.iterator(); all.hasNext(); ) {
            Session session = all.next();
            if (session.hasEnded()) {
                all.remove();
                Optional<String> gap = session.judge();
                if (gap.isPresent()) {
                    stage.requireGapInLog(gap.get());
                }
                for (Reader reader : session.readers()) {
                    reader.forget();
                }
            }
        }
    }

    private void fall() throws IOException {
        if (acts == 1) {
            boolean killed = chance.oneIn(2);
            findings.count(killed ? "writers killed" : "writers ended");
            writer.end(killed ? ProgramWriter.End.KILLED : ProgramWriter.End.CLOSED);
        }
        for (Session session : sessions) {
            for (Reader reader : session.readers()) {
                reader.received().hurry();
                if (reader.isStopped()) {
                    reader.goOn();
                }
            }
        }
        if (!stage.shell().write(view + "/.end", "*")) {
            findings.fault(".end cannot be written in " + view);
        }
        findings.count(".end for all");
        curtain = OptionalLong.of(System.nanoTime());
    }

    private void lift() throws IOException {
        curtain = OptionalLong.empty();
        nextCurtain = inSeconds(8, 20);
        acts--;
        if (acts > 0) {
            stage.shell().run(Limits.LOOK, "rm", "-f", view + "/.end");
            return;
        }
        over = true;
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(source);
    }

    private void play() throws IOException {
        if (chance.oneIn(8) && readers() < MOST_READERS) {
            begin();
        }
        if (chance.oneIn(300)) {
            findings.count("writers paused");
            writer.pause(chance.between(100, 4000) * 1_000_000L);
        }
        for (Session session : sessions) {
            disturb(session);
        }
    }

    /** Number of processes that read here. */
    long readers() {
        return sessions.stream().mapToLong(session -> session.readers().size()).sum();
    }

    private void disturb(Session session) throws IOException {
        Reader reader = chance.of(session.readers());
        if (reader.hasEnded() || session.hasKilled()) {
            return;
        }
        if (chance.oneIn(250)) {
            session.kill(reader, chance.of(List.of("KILL", "TERM", "INT")));
        } else if (reader.isStopped() ? chance.oneIn(30) : chance.oneIn(250)) {
            if (reader.isStopped()) {
                reader.goOn();
            } else {
                findings.count("readers stopped for a while");
                reader.stop();
            }
        } else if (session.isSingleFollow() && chance.oneIn(150)) {
            findings.count(".end for a process");
            stage.shell().write(view + "/.end." + reader.pid(), "*");
        }
    }

    /** Begins a stream of any kind. */
    private void begin() throws IOException {
        List<String> names = visible();
        if (names.isEmpty()) {
            return;
        }
        Written written = writer.written();
        Optional<Written.Segment> start = written.latest(chance.of(names));
        Optional<Written.Segment> end = written.latest(chance.of(names));
        if (start.isEmpty() || end.isEmpty()) {
            return;
        }
        boolean range = chance.oneIn(3) && end.get().number() >= start.get().number();
        StreamPath path =
                new StreamPath(
                        view, chance.of(LEVELS), start.get(), range ? end : Optional.empty());
        if (chance.oneIn(3)) {
            cluster(path);
        } else {
            String opened = path + (range || chance.oneIn(2) ? "" : "..");
            findings.count(range ? "ranges" : "follows");
            add(path, List.of(reader(opened, Grouping.ofMode(0, false))));
        }
    }

    private void cluster(StreamPath path) throws IOException {
        int members = chance.between(2, 8);
        int mode = chance.below(5);
        // By the tags alone, a marker does not tell which ones a tunnel has inside.
        boolean inner = chance.oneIn(3) && mode != 1;
        String levels =
                "clustersize=%d,clustermode=%d,clusterabend=%d,tunnel=%s,blockslack=%d/"
                        .formatted(
                                members,
                                mode,
                                chance.below(3),
                                inner ? "inner" : "outer",
                                stage.nextCluster());
        StreamPath shared = new StreamPath(view, path.levels() + levels, path.start(), path.end());
        findings.count(path.isFollow() ? "clusters that follow" : "clusters on a range");
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            readers.add(reader(shared.toString(), Grouping.ofMode(mode, inner)));
        }
        add(shared, readers);
    }

    private Reader reader(String path, Grouping grouping) throws IOException {
        Tool tool = Tool.any(chance);
        findings.count("readers " + tool.name().toLowerCase(Locale.ROOT));
        Received received =
                new Received(
                        writer.written(), grouping, chance.oneIn(4) ? chance.between(1, 400) : 0);
        return Reader.start(
                tool, tool.command(path, chance, stage.script()), stage.work(), received);
    }

    private void add(StreamPath path, List<Reader> readers) {
        sessions.add(new Session(findings, writer.written(), path, readers));
    }

    private List<String> visible() throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** A path that somebody might look at. */
    String somePath() throws IOException {
        List<String> names = visible();
        return names.isEmpty() ? view.toString() : view + "/" + chance.of(names);
    }

    Path view() {
        return view;
    }
}
