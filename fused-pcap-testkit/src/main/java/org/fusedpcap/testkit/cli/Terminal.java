package org.fusedpcap.testkit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Knows whether standard error is a terminal. */
final class Terminal {

    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    // System.console() looks at standard input and output instead, and newer JREs always have one.
    static boolean isStderr() {
        try {
            String target = Files.readSymbolicLink(STDERR).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
