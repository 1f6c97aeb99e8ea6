package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * The program, serving one directory in a process of its own. The end of a mount is a test, too:
 * the daemon ends by SIGTERM without a failure, and leaves no mount behind.
 */
final class Mount implements AutoCloseable {

    private static final String WITHOUT_OPTIONS = "rw";
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private final Path source;
    private final Path mountPoint;
    private final Path log;
    private final Process process;

    private Mount(Path source, Path mountPoint, Path log, Process process) {
        this.source = source;
        this.mountPoint = mountPoint;
        this.log = log;
        this.process = process;
    }

    /** Mounts without options. */
    static Mount of(Scratch scratch, Path source) throws IOException {
        return of(scratch, source, WITHOUT_OPTIONS);
    }

    /**
     * Mounts, and returns when the mount answers.
     *
     * @param scratch where the mount point and the log come to lie
     * @param options as behind {@code -o}
     */
    static Mount of(Scratch scratch, Path source, String options) throws IOException {
        return of(scratch, "mnt", source, options);
    }

    /**
     * The same.
     *
     * @param name of the mount point
     */
    static Mount of(Scratch scratch, String name, Path source, String options) throws IOException {
        Path mountPoint = mountPoint(scratch, name);
        Path log = scratch.path().resolve(name + ".log");
        Mount mount =
                new Mount(
                        source,
                        mountPoint,
                        log,
                        start(
                                scratch,
                                name,
                                BuiltProgram.serve(source, mountPoint, options + ",log=" + log)));
        // In this order: a dead mount may be taken away in between.
        mount.awaitAnswer(() -> Files.isDirectory(mountPoint.resolve(".")) && mount.isMounted());
        return mount;
    }

    /**
     * Mounts as an ordinary user, the only one to whom the mount then answers; in a mount namespace
     * of its own, where {@code /dev/fuse} is everybody's even if it is not so outside.
     */
    static Mount ofNobody(Scratch scratch, Path source) throws IOException {
        Path mountPoint = mountPoint(scratch, "mnt");
        Path log = Files.createFile(scratch.path().resolve("nobody.log"));
        Files.setAttribute(mountPoint, "unix:uid", Nobody.UID);
        Files.setAttribute(log, "unix:uid", Nobody.UID);
        List<String> command =
                Nobody.inNamespaceWithFuse(
                        scratch.directory("dev"),
                        BuiltProgram.serve(source, mountPoint, "log=" + log));
        Mount mount = new Mount(source, mountPoint, log, start(scratch, "nobody", command));
        mount.awaitAnswer(
                () -> Nobody.shell("stat -f -c %T . | grep -q fuse", mount).status() == 0);
        return mount;
    }

    private static Path mountPoint(Scratch scratch, String name) throws IOException {
        Path mountPoint = scratch.path().resolve(name);
        // One that is dead can be told neither to be there nor not to be.
        if (Files.notExists(mountPoint)) {
            Files.createDirectory(mountPoint);
        }
        return mountPoint;
    }

    private static Process start(Scratch scratch, String name, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.redirectErrorStream(true);
        builder.redirectOutput(scratch.path().resolve(name + ".out").toFile());
        return builder.start();
    }

    private void awaitAnswer(Callable<Boolean> answers) {
        Limits.await("mount at " + mountPoint)
                .failFast("the daemon has ended", () -> !process.isAlive())
                .until(answers);
    }

    /** Whether the kernel knows of it, dead or alive. */
    boolean isMounted() throws IOException {
        String field = " " + mountPoint + " ";
        // Not Files.lines: it fails on a name of somebody else's that is no UTF-8.
        String mounts = new String(Files.readAllBytes(MOUNTS), StandardCharsets.UTF_8);
        return mounts.lines().anyMatch(line -> line.contains(field));
    }

    Path source() {
        return source;
    }

    Path path() {
        return mountPoint;
    }

    /** A name under the mount point. */
    Path path(String name) {
        return mountPoint.resolve(name);
    }

    Daemon daemon() {
        return new Daemon(process.pid());
    }

    Process process() {
        return process;
    }

    /** What the daemon has logged so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the daemon a signal by its name, such as STOP. */
    void signal(String name) throws IOException {
        Tool.shell("kill -s " + name + " " + process.pid()).assertQuiet();
    }

    /** Waits until the daemon has ended; its exit status. */
    int awaitEnd() {
        assertThat(process.onExit())
                .as("the daemon ends")
                .succeedsWithin(Limits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return process.exitValue();
    }

    /** Ends the daemon as a user would, and looks whether anything is left. */
    @Override
    public void close() throws IOException {
        System.out.println(log());
        process.destroy();
        try {
            assertThat(awaitEnd()).as("exit status of the daemon").isZero();
            assertThat(isMounted()).as("still mounted").isFalse();
        } finally {
            abandon();
        }
    }

    /** Takes everything away by force, for a daemon that is to be killed or did not end. */
    void abandon() throws IOException {
        process.destroyForcibly();
        if (isMounted()) {
            Tool.run("fusermount", "-u", "-z", mountPoint.toString());
        }
    }
}
