package org.fusedpcap.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/**
 * A program in the background of a machine. For one thread.
 *
 * @param machine where it runs
 * @param name what its log files begin with
 * @param pid its process id in there
 */
public record Program(Machine machine, String name, long pid) {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** Waits for its end, which must be a good one. */
    public void awaitSuccess() {
        assertThat(awaitEnd()).as("exit code of %s: %s", name, errors()).isZero();
    }

    /** Waits for its end, and says with which exit code. */
    public int awaitEnd() {
        String code = machine.run("await-end", name, String.valueOf(LIMIT.toSeconds()));
        return Integer.parseInt(code.strip());
    }

    /** Waits until it has read so many bytes of a file of the mount. */
    public void awaitRead(long bytes) {
        machine.run(
                "await-read",
                String.valueOf(pid),
                String.valueOf(bytes),
                String.valueOf(LIMIT.toSeconds()));
    }

    /** Sends it a signal, such as {@code TERM}. */
    public void signal(String signal) {
        machine.run("kill", "-s", signal, String.valueOf(pid));
    }

    /** What it has written to its standard output so far. */
    public String output() {
        return machine.run("cat", log("out"));
    }

    /** What it has written to its standard error so far. */
    public String errors() {
        return machine.run("cat", log("err"));
    }

    private String log(String kind) {
        return Machine.LOG + "/" + name + "." + kind;
    }
}
