package org.fusedpcap.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.fusedpcap.fs.linux.User;
import org.junit.jupiter.api.Test;

class CallerProcessTest {

    @Test
    void shouldKnowTheProcessOfEachOfItsThreads() throws IOException {
        int own = (int) ProcessHandle.current().pid();
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            List<Integer> ids =
                    threads.map(path -> Integer.parseInt(path.getFileName().toString())).toList();

            assertThat(ids).hasSizeGreaterThan(1);
            assertThat(ids).allMatch(id -> CallerProcess.processOf(id) == own);
        }
    }

    @Test
    void shouldTakeAnUnknownThreadForItsProcess() {
        assertThat(CallerProcess.processOf(0)).isZero();
        assertThat(CallerProcess.processOf(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldKnowTheGroupsOfACallerOnlyIfItAsksInItsOwnName() throws IOException {
        int thread = (int) ProcessHandle.current().pid();
        int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        int gid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:gid");

        assertThat(user(0, gid, thread)).isEqualTo(User.ROOT);
        if (uid != 0) {
            assertThat(user(uid, gid, thread).knowsGroups()).isTrue();
        }
        assertThat(user(uid + 1, gid, thread)).isEqualTo(User.ofUnknownGroups(uid + 1, gid));
        assertThat(user(uid + 1, gid, 0)).isEqualTo(User.ofUnknownGroups(uid + 1, gid));
    }

    @Test
    void shouldReadTheGroupsThatTheKernelLists() {
        assertThat(CallerProcess.numbers("")).isEmpty();
        assertThat(CallerProcess.numbers("4 24\t4294967294")).containsExactly(4, 24, -2);
    }

    private static User user(int uid, int gid, int thread) {
        return CallerProcess.userOf(new Request(14, 1, 1, uid, gid, thread));
    }

    @Test
    void shouldTakeACallerThatIsGoneForEnded() {
        assertThat(CallerProcess.hasSignal(Integer.MAX_VALUE)).isTrue();
        assertThat(CallerProcess.hasSignal(0)).isTrue();
    }

    /** A stopped process keeps its signals pending until it goes on. */
    @Test
    void shouldTellSignalsThatEndFromThoseThatStop() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        int id = (int) process.pid();
        try {
            assertThat(CallerProcess.hasSignal(id)).isFalse();
            signal("STOP", id);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    Files.readString(Path.of("/proc/" + id + "/stat"))
                                            .contains(") T"));
            signal("TSTP", id);
            signal("TTIN", id);
            assertThat(CallerProcess.hasSignal(id)).isFalse();

            signal("TERM", id);
            assertThat(CallerProcess.hasSignal(id)).isTrue();
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    @Test
    void shouldNotMindSignalsThatAreBlocked() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Process process =
                new ProcessBuilder(
                                "python3",
                                "-c",
                                "import signal,sys\n"
                                        + "signal.pthread_sigmask(signal.SIG_BLOCK,"
                                        + " [signal.SIGUSR1])\n"
                                        + "print(flush=True)\n"
                                        + "sys.stdin.read()")
                        .start();
        int id = (int) process.pid();
        try {
            assertThat(process.getInputStream().read()).isEqualTo('\n');
            signal("USR1", id);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> pending(id).stream().anyMatch(line -> line.endsWith("200")));

            assertThat(CallerProcess.hasSignal(id)).isFalse();
        } finally {
            done.countDown();
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private static List<String> pending(int id) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + id + "/status")).stream()
                .filter(line -> line.startsWith("ShdPnd:"))
                .toList();
    }

    private static void signal(String name, int id) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, "" + id).start().waitFor()).isZero();
    }
}
