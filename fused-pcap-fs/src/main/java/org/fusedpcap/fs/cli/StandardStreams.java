package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard input and output lead to. */
final class StandardStreams {

    private StandardStreams() {}

    /**
     * Whether both lead to a terminal. (Java's own console says so up to version 21, and always
     * from then on.)
     */
    static boolean areTerminal() {
        return isTerminal(0) && isTerminal(1);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
