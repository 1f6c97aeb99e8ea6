package org.fusedpcap.fs.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umount}: takes a mount away and waits for its daemon to end. */
@Command(
        name = "umount",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Takes a mount away; comes back when its daemon has ended.",
        sortOptions = false)
final class UmountCommand implements Callable<Integer> {

    private static final Duration END_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    @Parameters(index = "0", paramLabel = "MNT", description = "Where it is mounted.")
    private String mountPoint;

    @Option(
            names = {"-f", "--force"},
            description = "Also while it is in use: whoever reads gets an error.")
    private boolean force;

    @Option(
            names = {"-l", "--lazy"},
            description = "Take the name away now, and the rest when nobody uses it any more.")
    private boolean lazy;

    /** Made by picocli. */
    UmountCommand() {}

    @Override
    public Integer call() throws CommandException {
        Path place = MountPoint.find(mountPoint);
        Optional<ProcessHandle> daemon = Daemons.serving(place);
        if (force && daemon.isPresent()) {
            daemon.get().destroy();
        } else {
            Unmount.now(place, lazy || force ? Unmount.Manner.LAZY : Unmount.Manner.STRICT);
        }
        // Lazily, the daemon stays for as long as its last user.
        if (daemon.isPresent() && (force || !lazy)) {
            awaitEnd(daemon.get(), place);
        }
        return ExitCode.OK;
    }

    private static void awaitEnd(ProcessHandle daemon, Path place) throws CommandException {
        Instant limit = Instant.now().plus(END_LIMIT);
        while (Daemons.serves(daemon, place)) {
            if (Instant.now().isAfter(limit)) {
                throw CommandException.mountFailed(
                        place + ": its daemon, process " + daemon.pid() + ", does not end");
            }
            pause();
        }
    }

    private static void pause() throws CommandException {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted");
        }
    }
}
