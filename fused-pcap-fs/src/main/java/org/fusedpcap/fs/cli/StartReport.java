package org.fusedpcap.fs.cli;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a starting daemon tells the launcher that waits for it, line by line on its standard output:
 *
 * <pre>
 *   fused-pcap:note TEXT        for the user's eyes
 *   fused-pcap:mounting FIELD   everything is checked; the mount will appear as FIELD, which is the
 *                               mount point as /proc/self/mountinfo writes it
 * </pre>
 *
 * Failures are one line on the standard error and an {@link ExitCode}, as of any command. Other
 * lines come from libfuse, fusermount or the JVM itself. That the mount answers is not reported:
 * only another process can find that out.
 */
final class StartReport {

    private final PrintStream out;

    StartReport(PrintStream out) {
        this.out = out;
    }

    void note(String text) {
        say("note " + Errors.oneLine(text));
    }

    void mounting(Path mountPoint) {
        say("mounting " + MountTable.escape(mountPoint.toString()));
    }

    private void say(String line) {
        out.print("fused-pcap:" + line + "\n");
        out.flush();
    }
}
