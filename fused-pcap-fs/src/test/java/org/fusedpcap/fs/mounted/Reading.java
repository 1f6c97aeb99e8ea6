package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process that reads from a mount, as /proc shows it.
 *
 * @param pid its id
 * @param mountPoint below which the file is that it reads
 */
record Reading(long pid, Path mountPoint) {

    /** Sleeping; the second one after a signal, when only another end of the wait is looked for. */
    private static final Set<String> SLEEPING = Set.of("S", "D");

    private static final String STOPPED = "T";
    private static final String POSITION = "pos:";

    private Path proc() {
        return Path.of("/proc", Long.toString(pid));
    }

    /** Whether it has read up to a file offset, and sleeps. */
    boolean isWaitingAt(long offset) throws IOException {
        return SLEEPING.contains(state()) && position() == offset;
    }

    boolean isStopped() throws IOException {
        return state().equals(STOPPED);
    }

    /** The state that ps(1) shows; nothing once the process has gone. */
    private String state() throws IOException {
        try {
            String stat = Files.readString(proc().resolve("stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** How far it has read; -1 if it has no file of the mount open. */
    long position() throws IOException {
        for (Path descriptor : descriptors()) {
            try {
                if (Files.readSymbolicLink(descriptor).startsWith(mountPoint)) {
                    return position(descriptor.getFileName().toString());
                }
            } catch (NoSuchFileException e) {
                // Closed while we looked.
                continue;
            }
        }
        return -1;
    }

    private List<Path> descriptors() throws IOException {
        try (Stream<Path> entries = Files.list(proc().resolve("fd"))) {
            return entries.toList();
        }
    }

    private long position(String descriptor) throws IOException {
        try (Stream<String> lines = Files.lines(proc().resolve("fdinfo").resolve(descriptor))) {
            return lines.filter(line -> line.startsWith(POSITION))
                    .mapToLong(line -> Long.parseLong(line.substring(POSITION.length()).strip()))
                    .findFirst()
                    .orElse(-1);
        }
    }
}
