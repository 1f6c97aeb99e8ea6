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
        if (force) {
            end(daemon, place);
        } else if (lazy) {
            // The daemon stays for as long as its last user.
            Unmount.now(place, Unmount.Manner.LAZY);
        } else {
            Unmount.now(place, Unmount.Manner.STRICT);
            awaitEnd(daemon, place);
        }
        return ExitCode.OK;
    }

    // The daemon unmounts in order; what a dead one left behind is taken away here.
    private static void end(Optional<ProcessHandle> daemon, Path place) throws CommandException {
        daemon.ifPresent(ProcessHandle::destroy);
        awaitEnd(daemon, place);
        if (MountTable.read().oursAt(place).isPresent()) {
            Unmount.now(place, Unmount.Manner.LAZY);
        }
    }

    private static void awaitEnd(Optional<ProcessHandle> daemon, Path place)
            throws CommandException {
        Instant limit = Instant.now().plus(END_LIMIT);
        while (daemon.isPresent() && Daemons.serves(daemon.get(), place)) {
            if (Instant.now().isAfter(limit)) {
                throw CommandException.mountFailed(
                        place + ": its daemon, process " + daemon.get().pid() + ", does not end");
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
