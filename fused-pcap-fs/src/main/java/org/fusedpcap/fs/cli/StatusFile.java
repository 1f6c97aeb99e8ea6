package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A mount's {@code .status}. It is read on another thread: a daemon may be stopped or stuck. */
final class StatusFile {

    private static final String NAME = ".status";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private StatusFile() {}

    /**
     * Reads it.
     *
     * @throws CommandException if the mount does not answer, or with an error
     */
    static String read(Path place) throws CommandException {
        Path file = place.resolve(NAME);
        FutureTask<String> reading = new FutureTask<>(() -> readNow(file));
        Thread reader = new Thread(reading, "read " + file);
        reader.setDaemon(true);
        reader.start();
        try {
            return reading.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw CommandException.mountFailed(
                    place + ": no answer within " + LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw CommandException.mountFailed(file + ": " + Errors.reason(e.getCause()));
        } catch (InterruptedException e) {
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted");
        }
    }

    /** The same without a limit, on the caller's thread. */
    static String readNow(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Where it is. */
    static Path in(Path place) {
        return place.resolve(NAME);
    }
}
