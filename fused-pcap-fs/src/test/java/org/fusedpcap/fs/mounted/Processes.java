package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells and has other processes do what signals do to them. */
final class Processes {

    private Processes() {}

    /**
     * A line of shell that reads so many bytes of a stream, stops, and having been told to go on
     * reads the rest.
     */
    static String stopAfterBytes(int bytes, Path stream) {
        return "exec < '%s'; dd bs=%d count=1 status=none; kill -s STOP $$; exec cat"
                .formatted(stream, bytes);
    }

    /** Waits until a process has been stopped by a signal. */
    static void awaitStopped(Tool tool) {
        Limits.await("process stopped").until(() -> state(tool).equals("T"));
    }

    /** Waits until a process sleeps in a system call that signals can interrupt. */
    static void awaitAsleep(Tool tool) {
        Limits.await("process asleep").until(() -> state(tool).equals("S"));
    }

    // The name in brackets may have blanks in it; the state comes behind.
    private static String state(Tool tool) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(tool.pid()), "stat"));
        return line.substring(line.lastIndexOf(')') + 2).substring(0, 1);
    }
}
