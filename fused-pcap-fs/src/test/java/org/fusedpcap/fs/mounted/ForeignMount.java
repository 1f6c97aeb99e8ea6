package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system that shows a directory, and whose changes the kernel does not tell of. */
final class ForeignMount implements AutoCloseable {

    private final Path path;

    private ForeignMount(Path path) {
        this.path = path;
    }

    /** A {@link PassingFileSystem}, in a process of its own. */
    static ForeignMount fuse(Scratch scratch, Path shown) throws IOException {
        Path path = scratch.directory("foreign");
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
        return mounted(path, process::isAlive);
    }

    /** An overlay whose lower directory is shown, and changed from outside. */
    static ForeignMount overlay(Scratch scratch, Path shown) throws IOException {
        Path path = scratch.directory("foreign");
        String options =
                "lowerdir=%s,upperdir=%s,workdir=%s"
                        .formatted(shown, scratch.directory("upper"), scratch.directory("work"));
        Tool.run("mount", "-t", "overlay", "overlay", "-o", options, path.toString()).assertQuiet();
        return mounted(path, () -> true);
    }

    private static ForeignMount mounted(Path path, java.util.concurrent.Callable<Boolean> serving) {
        Limits.await("mount at " + path)
                .failFast("it has ended", () -> !serving.call())
                .until(
                        () ->
                                Files.readString(Path.of("/proc/self/mountinfo"))
                                        .contains(" " + path + " "));
        return new ForeignMount(path);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Tool.run("umount", path.toString()).assertQuiet();
    }
}
