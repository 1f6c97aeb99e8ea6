package org.fusedpcap.fs.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.fs.cli.FileSystems.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a file system until it is unmounted or a signal (SIGTERM, SIGINT, SIGHUP) ends the JVM.
 *
 * <p>The signal's thread runs the shutdown hook: it stops the file system, waits for the main
 * thread to come back from {@link FileSystem#run}, and halts the JVM with {@link ExitCode#OK},
 * because a stop that was asked for is no failure. The main thread may by then wait inside {@link
 * System#exit}, which does not matter to a halt.
 */
final class Serving {

    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final FileSystem fileSystem;

    Serving(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /**
     * Mounts, serves, and returns after the unmount.
     *
     * @throws CommandException it could not be mounted
     */
    void run() throws CommandException {
        Thread hook = new Thread(this::stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            fileSystem.run();
        } finally {
            ended.countDown();
            removeHook(hook);
        }
    }

    private void stop() {
        int exitCode = ExitCode.INTERNAL;
        try {
            LOG.info("told to stop");
            fileSystem.stop();
            awaitEnd();
            exitCode = ExitCode.OK;
        } catch (RuntimeException e) {
            LOG.error("cannot stop in order", e);
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /**
     * The mount is detached by now. Who still holds on to it (an open file, a copy of it in another
     * mount namespace) loses it when this process ends.
     */
    private void awaitEnd() {
        try {
            if (!ended.await(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn(
                        "still in use {} s after being told to stop; ended all the same",
                        STOP_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the hook runs already", e);
        }
    }
}
