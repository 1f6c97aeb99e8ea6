package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A mount of ours that is at the mount point already. Dead (its daemon crashed), it is removed;
 * alive, it stays, and the new mount fails.
 */
final class OldMount {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final int MOST_STACKED = 16;

    private OldMount() {}

    /**
     * Makes the mount point free of mounts of ours. Mounts of others are left alone.
     *
     * @param mountPoint absolute
     * @throws CommandException one that lives is there, or a dead one cannot be removed
     */
    static void clear(Path mountPoint) throws CommandException {
        for (int i = 0; i < MOST_STACKED; i++) {
            Optional<MountTable.Entry> old = MountTable.read().oursAt(mountPoint);
            if (old.isEmpty()) {
                return;
            }
            requireDead(mountPoint, old.get().source());
            Unmount.now(mountPoint, Unmount.Manner.LAZY);
        }
        throw CommandException.mountFailed(mountPoint + ": the dead mount there does not go away");
    }

    private static void requireDead(Path mountPoint, String source) throws CommandException {
        CompletableFuture<Boolean> dead = new CompletableFuture<>();
        Thread probe = new Thread(() -> dead.complete(isDead(mountPoint)), "probe");
        // It may wait for ever, for a daemon that hangs; then the exit must not wait for it.
        probe.setDaemon(true);
        probe.start();
        try {
            if (!dead.get(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw CommandException.mountFailed(
                        mountPoint + ": " + source + " is mounted there already");
            }
        } catch (TimeoutException e) {
            throw CommandException.mountFailed(
                    mountPoint + ": " + source + " is mounted there already and does not answer");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted");
        }
    }

    private static boolean isDead(Path mountPoint) {
        // Opening asks the daemon; attributes may come from the kernel's memory.
        try (DirectoryStream<Path> opened = Files.newDirectoryStream(mountPoint)) {
            return opened == null;
        } catch (FileSystemException e) {
            // ENOTCONN; the launcher sees to it that messages are in English.
            return "Transport endpoint is not connected".equals(e.getReason());
        } catch (IOException e) {
            return false;
        }
    }
}
