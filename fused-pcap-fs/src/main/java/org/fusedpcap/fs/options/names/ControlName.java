package org.fusedpcap.fs.options.names;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a control file: {@code .end}, {@code .end.1234}, {@code .status} and so on. Immutable.
 *
 * @param kind what the file is for
 * @param pid id of the process that it is about, 1–{@value #MAX_PID}; 0: about none in particular
 */
public record ControlName(Kind kind, int pid) {

    /** The highest process id that Linux gives (PID_MAX_LIMIT in include/linux/threads.h). */
    public static final int MAX_PID = 1 << 22;

    private static final Pattern SYNTAX = Pattern.compile("\\.([a-z]+)(?:\\.([1-9][0-9]{0,6}))?");

    /** What control files are for. */
    public enum Kind {
        /** Where to stop; readable and writable. */
        END,
        /** The segment that was read last before an end. */
        LAST,
        /** The segment that would have come next. */
        NEXT,
        /** The processes that left a cluster early. */
        ABEND,
        /** Every open stream, for people. */
        STATUS,
        /** Every open stream, for Prometheus. */
        METRICS;

        /** Whether there is one of it for a process, too. */
        public boolean hasProcessForm() {
            return this == END || this == LAST || this == NEXT;
        }
    }

    /** Checks the process id. */
    public ControlName {
        if (pid < 0 || pid > MAX_PID || pid > 0 && !kind.hasProcessForm()) {
            throw new IllegalArgumentException(kind + " has no form for process " + pid);
        }
    }

    /** The file that is about no process in particular. */
    public static ControlName of(Kind kind) {
        return new ControlName(kind, 0);
    }

    /** Reads a file name; empty if it is no control file's. */
    public static Optional<ControlName> parse(String name) {
        Matcher matcher = SYNTAX.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int pid = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return Arrays.stream(Kind.values())
                .filter(kind -> matcher.group(1).equals(word(kind)))
                .filter(kind -> pid == 0 || pid <= MAX_PID && kind.hasProcessForm())
                .map(kind -> new ControlName(kind, pid))
                .findFirst();
    }

    /** Whether it is about one process. */
    public boolean isForProcess() {
        return pid > 0;
    }

    /** Whether users write it, and remove it. */
    public boolean isWritable() {
        return kind == Kind.END;
    }

    /** The file of another kind about the same process, if any. */
    public ControlName with(Kind other) {
        return new ControlName(other, pid);
    }

    /** The file name. */
    @Override
    public String toString() {
        return "." + word(kind) + (pid > 0 ? "." + pid : "");
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
