package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A file system that shows a directory, and whose changes the kernel does not tell of. */
final class ForeignMount implements AutoCloseable {

    private final Path path;
    private final Optional<Process> serving;

    private ForeignMount(Path path, Optional<Process> serving) {
        this.path = path;
        this.serving = serving;
    }

    /** A {@link PassingFileSystem}, in a process of its own. */
    static ForeignMount fuse(Scratch scratch, Path shown) throws IOException {
        return fuse(scratch, shown, scratch.directory("foreign"));
    }

    /** The same at a directory that is there. */
    static ForeignMount fuse(Scratch scratch, Path shown, Path path) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PassingFileSystem.class.getName(),
                        shown.toString(),
                        path.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(scratch.path().resolve("foreign.out").toFile())
                        .start();
        await(path, process::isAlive);
        return new ForeignMount(path, Optional.of(process));
    }

    /** An overlay whose lower directory is shown, and changed from outside. */
    static ForeignMount overlay(Scratch scratch, Path shown) throws IOException {
        Path path = scratch.directory("foreign");
        String options =
                "lowerdir=%s,upperdir=%s,workdir=%s"
                        .formatted(shown, scratch.directory("upper"), scratch.directory("work"));
        Tool.run("mount", "-t", "overlay", "overlay", "-o", options, path.toString()).assertQuiet();
        await(path, () -> true);
        return new ForeignMount(path, Optional.empty());
    }

    private static void await(Path path, Callable<Boolean> serving) {
        Limits.await("mount at " + path)
                .failFast("it has ended", () -> !serving.call())
                .until(
                        () ->
                                Files.readString(Path.of("/proc/self/mountinfo"))
                                        .contains(" " + path + " "));
    }

    /** Sends a signal, by its name, to the process that serves it. */
    void signal(String signal) throws IOException {
        String pid = Long.toString(serving.orElseThrow().pid());
        Tool.run("kill", "-s", signal, pid).assertQuiet();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Tool.run("umount", path.toString()).assertQuiet();
    }
}
