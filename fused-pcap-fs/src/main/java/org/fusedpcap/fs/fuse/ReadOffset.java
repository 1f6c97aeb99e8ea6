package org.fusedpcap.fs.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Where in its file a thread that waits in a system call reads. The kernel asks for a file's size
 * before each read that may reach behind the end, and does not say where that read begins; /proc
 * does.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_syscall.5.html">proc_pid_syscall(5)
 *     and proc_pid_fdinfo(5)</a>
 */
final class ReadOffset {

    /** Numbers of read, readv and pread64, preadv, as the kernel's tables have them. */
    private record Calls(int read, int readv, int pread, int preadv) {}

    private static final Calls CALLS = calls(System.getProperty("os.arch"));
    private static final String POSITION = "pos:";
    private static final int DESCRIPTOR = 1;
    private static final int OFFSET = 4;
    private static final int HEXADECIMAL = 16;

    private ReadOffset() {}

    private static Calls calls(String architecture) {
        return switch (architecture.toLowerCase(Locale.ROOT)) {
            case "amd64" -> new Calls(0, 19, 17, 295);
            case "aarch64", "riscv64" -> new Calls(63, 65, 67, 69);
            default -> new Calls(-1, -1, -1, -1);
        };
    }

    /**
     * Finds it.
     *
     * @param thread id of the thread; 0 if it is not known
     * @return the file offset; empty if /proc does not tell, or the thread is not in a read
     */
    static OptionalLong of(int thread) {
        if (thread == 0) {
            return OptionalLong.empty();
        }
        try {
            Path proc = Path.of("/proc", String.valueOf(thread));
            String[] call = text(proc.resolve("syscall")).split(" ");
            return call.length > OFFSET ? of(proc, call) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            // It has gone, it may not be looked at, or it is only about to wait.
            return OptionalLong.empty();
        }
    }

    private static OptionalLong of(Path proc, String[] call) throws IOException {
        int number = Integer.parseInt(call[0]);
        if (number < 0) {
            return OptionalLong.empty();
        }
        if (number == CALLS.pread || number == CALLS.preadv) {
            return OptionalLong.of(argument(call, OFFSET));
        }
        if (number == CALLS.read || number == CALLS.readv) {
            return position(proc.resolve("fdinfo").resolve("" + argument(call, DESCRIPTOR)));
        }
        return OptionalLong.empty();
    }

    private static long argument(String[] call, int index) {
        return Long.parseUnsignedLong(call[index].substring(2), HEXADECIMAL);
    }

    private static OptionalLong position(Path descriptor) throws IOException {
        return text(descriptor)
                .lines()
                .filter(line -> line.startsWith(POSITION))
                .mapToLong(line -> Long.parseLong(line.substring(POSITION.length()).strip()))
                .findFirst();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
    }
}
