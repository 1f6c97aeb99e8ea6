package org.fusedpcap.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fusedpcap.testkit.cli.Generate;

/**
 * {@code generate --live} as a process of its own, which holds its files open as a real capture
 * program does, and can be killed like one. It runs on this JVM's class path. Thread-safe.
 *
 * <pre>{@code
 * try (LiveProcess writer = LiveProcess.start(directory, "--writer", "tcpdump-C", "--rate", "5kpps")) {
 *     …
 *     writer.kill();
 * }
 * }</pre>
 */
public final class LiveProcess implements AutoCloseable {

    private final Process process;

    private LiveProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts to write.
     *
     * @param directory where to
     * @param options further options of {@code generate}
     */
    public static LiveProcess start(Path directory, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Generate.class.getName(),
                                "--live"));
        command.addAll(List.of(options));
        command.add(directory.toString());
        return new LiveProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with SIGTERM and returns the line in which it says what it wrote. */
    public String terminate() throws IOException, InterruptedException {
        process.destroy();
        return await();
    }

    /** Waits for its end and returns the line in which it says what it wrote. */
    public String await() throws IOException, InterruptedException {
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return line.strip();
    }

    /** Its exit status, once it has ended. */
    public int exitStatus() {
        return process.exitValue();
    }

    /** Ends it with SIGKILL; what waits for a flush is lost. Returns when it has ended. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** The same as {@link #kill}. */
    @Override
    public void close() {
        kill();
    }
}
