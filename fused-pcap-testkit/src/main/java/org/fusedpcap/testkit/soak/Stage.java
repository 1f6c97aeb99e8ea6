package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What all scenes have in common. */
final class Stage {

    private static final int FIRST_SLACK = 4;
    private static final int MOST_SLACK = 60_000;

    private final Chance chance;
    private final Findings findings;
    private final Shell shell;
    private final Path source;
    private final Path mount;
    private final Path work;
    private final String script;
    private final DaemonLog log;
    private int clusters;

    Stage(Chance chance, Findings findings, Path source, Path mount, Path work, DaemonLog log)
            throws IOException {
        this.chance = chance;
        this.findings = findings;
        this.shell = new Shell(findings);
        this.source = source;
        this.mount = mount;
        this.work = work;
        this.log = log;
        this.script = unpackScript(work);
    }

    private static String unpackScript(Path work) throws IOException {
        try (var in = Stage.class.getResourceAsStream("polling.py")) {
            return Files.write(work.resolve("polling.py"), in.readAllBytes()).toString();
        }
    }

    Chance chance() {
        return chance;
    }

    Findings findings() {
        return findings;
    }

    Shell shell() {
        return shell;
    }

    Path source() {
        return source;
    }

    Path mount() {
        return mount;
    }

    Path work() {
        return work;
    }

    String script() {
        return script;
    }

    /** A value of blockslack that no other cluster has, so that each has its own members. */
    int nextCluster() {
        return FIRST_SLACK + clusters++ % MOST_SLACK;
    }

    /** A reader has missed what was deleted: the log has to say so. */
    void requireGapInLog(String start) throws IOException {
        findings.count("readers that missed deleted segments");
        if (!log.hasGap(start)) {
            findings.fault("the log tells of no gap of a reader from " + start + " on");
        }
    }
}
