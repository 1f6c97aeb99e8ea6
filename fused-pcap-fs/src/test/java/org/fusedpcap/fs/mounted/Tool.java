package org.fusedpcap.fs.mounted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs beside the test, with its output in files. */
final class Tool implements AutoCloseable {

    private static final File NOTHING = new File("/dev/null");

    private final Process process;
    private final Path output;
    private final Path errors;

    private Tool(ProcessBuilder builder) throws IOException {
        output = Files.createTempFile("fused-pcap-it-", ".out");
        errors = Files.createTempFile("fused-pcap-it-", ".err");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectInput(NOTHING);
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw Closing.after(e, List.of(this::deleteFiles));
        }
    }

    /** Starts a program. */
    static Tool start(String... command) throws IOException {
        return new Tool(new ProcessBuilder(command));
    }

    /** Starts a program. */
    static Tool start(List<String> command) throws IOException {
        return new Tool(new ProcessBuilder(command));
    }

    /** Runs a program to its end. */
    static Result run(String... command) throws IOException {
        try (Tool tool = start(command)) {
            return tool.await();
        }
    }

    /** Runs a line of shell to its end. */
    static Result shell(String line) throws IOException {
        return run("bash", "-c", line);
    }

    /**
     * How a program has ended.
     *
     * @param status exit status; 128 + N after signal N
     * @param output what it wrote to its standard output
     * @param errors what it wrote to its standard error
     */
    record Result(int status, String output, String errors) {

        /** Fails unless the program succeeded without a word of complaint. */
        Result assertQuiet() {
            assertThat(errors).isEmpty();
            assertThat(status).isZero();
            return this;
        }

        /** Fails unless the program succeeded and found nothing truncated. */
        Result assertWhole() {
            assertThat(status).as(errors).isZero();
            assertThat(errors).doesNotContainIgnoringCase("truncated").doesNotContain("cut short");
            return this;
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Fails, with what it complained of, if it has ended. */
    void assertRunning() {
        assertThat(isRunning()).as(this::errors).isTrue();
    }

    /** Sends a signal by its name, such as INT. */
    void signal(String name) throws IOException {
        // The shell's own kill: starting a program would take part of the time that is measured.
        try (Tool kill = start("bash", "-c", "kill -s " + name + " " + pid())) {
            assertThat(kill.await().status()).isZero();
        }
    }

    /** Waits for its end. */
    Result await() {
        assertThat(process.onExit())
                .as(() -> process.info().commandLine().orElse("the program") + " ends")
                .succeedsWithin(Limits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return new Result(process.exitValue(), output(), errors());
    }

    Path outputFile() {
        return output;
    }

    /** What it has written so far. */
    String output() {
        return read(output);
    }

    /** What it has complained of so far. */
    String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it, and what it has started, if they still run. */
    @Override
    public void close() throws IOException {
        // To look for them takes a while, and of one that has ended none can be found.
        if (isRunning()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        deleteFiles();
    }

    private void deleteFiles() throws IOException {
        Closing.all(
                List.of(() -> Files.deleteIfExists(output), () -> Files.deleteIfExists(errors)));
    }
}
