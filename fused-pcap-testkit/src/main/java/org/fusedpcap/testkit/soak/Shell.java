package org.fusedpcap.testkit.soak;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short looks at the mount, each by a process of its own, so that one that hangs does no harm. */
final class Shell {

    private final Findings findings;

    Shell(Findings findings) {
        this.findings = findings;
    }

    /** Starts a command whose output does not matter. */
    Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Runs a command; whether it succeeded. That it does not end is a fault. */
    boolean run(Duration limit, String... command) throws IOException {
        Process process = start(List.of(command));
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0;
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        findings.fault("hangs: " + String.join(" ", command));
        process.destroyForcibly();
        return false;
    }

    /** Writes a line to a control file. */
    boolean write(String file, String line) throws IOException {
        return run(Limits.LOOK, "bash", "-c", "echo \"$1\" >\"$2\"", "bash", line, file);
    }
}
