package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fusedpcap.fs.linux.User;

/**
 * What /proc tells of a caller while its request is being answered.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5)</a>
 */
final class CallerProcess {

    /**
     * SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU: they stop a process or let it go on, and end
     * nothing.
     */
    private static final long STOPPING = bit(18) | bit(19) | bit(20) | bit(21) | bit(22);

    private static final int HEXADECIMAL = 16;

    /** Behind the real one, the effective one and the saved one. */
    private static final int FILE_SYSTEM_ID = 3;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private CallerProcess() {}

    private static long bit(int signal) {
        return 1L << (signal - 1);
    }

    /**
     * The process that a thread belongs to.
     *
     * @param thread id of the calling thread, as in the request; 0 if it is not known
     * @return the process id, or {@code thread} where /proc does not tell
     */
    static int processOf(int thread) {
        return field(thread, "Tgid:").map(Integer::parseInt).orElse(thread);
    }

    /** With whose rights a caller asks, while its request is being answered. */
    static User userOf(Request request) {
        int uid = request.uid();
        int gid = request.gid();
        if (uid == User.ROOT.uid()) {
            return User.ROOT;
        }
        // The groups of a thread that asks in somebody else's name are not his.
        if (!isOf(request.pid(), "Uid:", uid) || !isOf(request.pid(), "Gid:", gid)) {
            return User.ofUnknownGroups(uid, gid);
        }
        return field(request.pid(), "Groups:")
                .map(groups -> new User(uid, gid, Set.copyOf(numbers(groups)), true))
                .orElseGet(() -> User.ofUnknownGroups(uid, gid));
    }

    /** Whether that is the id by which a thread has access to files. */
    private static boolean isOf(int thread, String name, int id) {
        return field(thread, name)
                .map(CallerProcess::numbers)
                .filter(ids -> ids.size() > FILE_SYSTEM_ID && ids.get(FILE_SYSTEM_ID) == id)
                .isPresent();
    }

    static List<Integer> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : BLANKS.splitAsStream(text).map(Integer::parseUnsignedInt).toList();
    }

    /** A process's name as ps(1) shows it, of at most 15 bytes; empty if it is not there. */
    static Optional<String> nameOf(int pid) {
        try {
            // It may be cut inside a character, so it may be no UTF-8.
            byte[] name = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "comm"));
            return Optional.of(new String(name, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether an interrupted caller has a signal to act on. A signal that only stops it, or a
     * debugger that attaches, interrupts as well; a read of a pipe would go on after that.
     */
    static boolean hasSignal(int thread) {
        Optional<Long> own = mask(thread, "SigPnd:");
        if (own.isEmpty()) {
            return true;
        }
        long pending = own.get() | mask(thread, "ShdPnd:").orElse(0L);
        long blocked = mask(thread, "SigBlk:").orElse(0L);
        return (pending & ~blocked & ~STOPPING) != 0;
    }

    private static Optional<Long> mask(int thread, String name) {
        return field(thread, name).map(text -> Long.parseUnsignedLong(text, HEXADECIMAL));
    }

    private static Optional<String> field(int thread, String name) {
        if (thread == 0) {
            return Optional.empty();
        }
        try {
            List<String> lines =
                    Files.readAllLines(
                            Path.of("/proc", String.valueOf(thread), "status"),
                            StandardCharsets.ISO_8859_1);
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
