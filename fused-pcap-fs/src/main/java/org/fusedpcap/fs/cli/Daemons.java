package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the process that serves a mount by its command line, which outlives any crash and needs no
 * file with a process id. A process of another user may be invisible.
 */
final class Daemons {

    private static final Path PROC = Path.of("/proc");

    private Daemons() {}

    /**
     * The process that serves this mount point, if it runs and can be seen. Of several the one
     * begun last: the others serve who still uses what was mounted there before. The same name in
     * another mount namespace, a container's, is another mount point.
     *
     * @param mountPoint absolute, without symbolic links
     */
    static Optional<ProcessHandle> serving(Path mountPoint) throws CommandException {
        Optional<Path> namespace = namespace(PROC.resolve("self"));
        List<ProcessHandle> serving = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (serves(arguments(process), mountPoint.toString())
                        && namespace(process).equals(namespace)) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    ProcessHandle.of(pid).ifPresent(serving::add);
                }
            }
            return serving.stream().max(Comparator.comparing(Daemons::start));
        } catch (IOException | UncheckedIOException e) {
            throw new CommandException(ExitCode.SYSTEM, "cannot read " + PROC);
        }
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.MIN);
    }

    private static Optional<Path> namespace(Path process) {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("ns/mnt")));
        } catch (IOException e) {
            // It has ended since, or is not ours to look at.
            return Optional.empty();
        }
    }

    /**
     * Whether that process still serves this mount point. Not {@link ProcessHandle#isAlive}, to
     * which a process lives until its parent has asked for its exit code; some parents take their
     * time.
     */
    static boolean serves(ProcessHandle process, Path mountPoint) {
        List<String> arguments = arguments(PROC.resolve(Long.toString(process.pid())));
        return serves(arguments, mountPoint.toString());
    }

    /** The launcher ends the command line of a daemon with source and mount point. */
    static boolean serves(List<String> arguments, String mountPoint) {
        int program = arguments.indexOf(MountDaemon.class.getName());
        return program >= 0
                && program + 2 < arguments.size()
                && arguments.get(arguments.size() - 1).equals(mountPoint);
    }

    private static List<String> arguments(Path process) {
        try {
            byte[] line = Files.readAllBytes(process.resolve("cmdline"));
            return List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            // It has ended since, or is not ours to look at.
            return List.of();
        }
    }
}
