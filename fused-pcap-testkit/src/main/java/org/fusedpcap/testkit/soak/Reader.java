package org.fusedpcap.testkit.soak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that reads a stream, and a thread that looks at what it gets. */
final class Reader {

    /** ENOENT and EINVAL, in the words of the C library and of tshark. */
    private static final List<String> REFUSALS =
            List.of(
                    "No such file or directory",
                    "doesn't exist",
                    "Invalid argument",
                    "an invalid filename was specified");

    private final Tool tool;
    private final List<String> command;
    private final Process process;
    private final Path errors;
    private final Received received;
    private final CompletableFuture<Void> read;
    private final long startedNanos = System.nanoTime();
    private volatile long endedNanos;
    private volatile boolean killed;
    private volatile boolean stopped;

    private Reader(Tool tool, List<String> command, Path errors, Received received)
            throws IOException {
        this.tool = tool;
        this.command = command;
        this.errors = errors;
        this.received = received;
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectError(errors.toFile());
        this.process = builder.start();
        this.read = new CompletableFuture<>();
        Thread thread = new Thread(this::take, "reader " + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts a process.
     *
     * @param work where its error messages are kept
     */
    static Reader start(Tool tool, List<String> command, Path work, Received received)
            throws IOException {
        Path errors = Files.createTempFile(work, "reader-", ".err");
        return new Reader(tool, command, errors, received);
    }

    private void take() {
        try (InputStream in = process.getInputStream()) {
            received.read(in);
            process.onExit().join();
            read.complete(null);
        } catch (IOException | RuntimeException e) {
            read.completeExceptionally(e);
        } finally {
            endedNanos = System.nanoTime();
        }
    }

    Tool tool() {
        return tool;
    }

    long pid() {
        return process.pid();
    }

    Received received() {
        return received;
    }

    boolean hasEnded() {
        return read.isDone();
    }

    long endedNanos() {
        return endedNanos;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Ends it by TERM or KILL, also while it is stopped. */
    void kill(String signal) throws IOException {
        killed = true;
        signal(signal);
        if (stopped) {
            goOn();
        }
    }

    void stop() throws IOException {
        stopped = true;
        signal("STOP");
    }

    void goOn() throws IOException {
        signal("CONT");
        stopped = false;
    }

    boolean isStopped() {
        return stopped;
    }

    boolean wasKilled() {
        return killed;
    }

    private void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-s", name, Long.toString(pid()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    /** Waits for its end; false if that does not come. */
    boolean await(Duration limit) throws IOException {
        try {
            read.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(this + ": " + e, e);
        }
    }

    /** Takes it away, whatever it does. */
    void abandon() {
        process.destroyForcibly();
    }

    int status() {
        return process.exitValue();
    }

    /** What it complained of, in one line. */
    String errors() {
        try {
            String text = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
            return text.strip().replace('\n', ' ');
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Whether it complained as one does whose file is not there, or is none that can be opened. */
    boolean wasRefused() {
        String text = errors();
        return REFUSALS.stream().anyMatch(text::contains);
    }

    void forget() throws IOException {
        Files.deleteIfExists(errors);
    }

    /** What the kernel says it waits for, if it lives. */
    String waitingFor() {
        try {
            return Files.readString(Path.of("/proc/" + pid() + "/wchan"));
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage()).orElse("");
        }
    }

    @Override
    public String toString() {
        return String.join(" ", command)
                + " (process "
                + pid()
                + ", "
                + received.packets()
                + " packets)";
    }
}
