package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.fs.cli.Script.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of loaded classes, which the first mount of a copy of the program makes. */
class ArchiveIT {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    @TempDir private Path folder;
    private InstalledCopy copy;
    private Path source;
    private Path mountPoint;
    private Path temporary;

    @BeforeEach
    void makeFolders() throws IOException {
        Path real = folder.toRealPath();
        copy = InstalledCopy.in(real);
        source = Files.createDirectory(real.resolve("source"));
        mountPoint = Files.createDirectory(real.resolve("mount"));
        temporary = Files.createDirectory(real.resolve("temporary"));
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (MountTable.read().oursAt(mountPoint).isPresent()) {
            new Script(folder).run("fused-pcap", "umount", "--force", mountPoint.toString());
        }
        assertThat(mounts()).noneMatch(this::isOurs);
        assertThat(processes()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void shouldBeMadeByTheFirstMount() throws Exception {
        assertThat(mount(script())).isEqualTo(new Result(ExitCode.OK, List.of(), List.of()));
        assertThat(copy.archives())
                .singleElement()
                .satisfies(archive -> assertThat(archive).isNotEmptyFile());
    }

    @Test
    void shouldLeaveNothingOfItselfBehindWhenItsMakingIsInterrupted() throws Exception {
        Process launcher = script().inItsOwnSession().start("mount.pcap", arguments());
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> mounts().stream().anyMatch(this::isOurs));
        signalGroup(launcher.pid());
        assertThat(launcher.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(copy.archives()).isEmpty();
    }

    @Test
    void shouldBeDoneWithoutWhereThereIsNoPlaceForTemporaryFiles() throws Exception {
        List<Boolean> before = atTheRoot();
        Script script = script().with("TMPDIR", temporary.resolve("none").toString());
        assertThat(mount(script)).isEqualTo(new Result(ExitCode.OK, List.of(), List.of()));
        assertThat(copy.archives()).isEmpty();
        assertThat(atTheRoot()).isEqualTo(before);
    }

    @Test
    void shouldBeTriedAgainWhenTheMachineLackedSomething() throws Exception {
        Result failed = mount(script().where(LauncherTest.WITHOUT_DEVICE));
        assertThat(failed.exitCode()).isEqualTo(ExitCode.SYSTEM);
        assertThat(copy.archives()).isEmpty();
    }

    private Script script() {
        return copy.script().with("TMPDIR", temporary.toString());
    }

    private Result mount(Script script) throws IOException, InterruptedException {
        return script.run("mount.pcap", arguments());
    }

    private String[] arguments() {
        String options = "log=" + folder.resolve("x.log");
        return new String[] {source.toString(), mountPoint.toString(), "-o", options};
    }

    private static void signalGroup(long group) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("bash", "-c", "kill -TERM -- -" + group).start();
        assertThat(kill.waitFor()).isZero();
    }

    private List<String> mounts() throws IOException {
        // Names may be of any bytes.
        return Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1);
    }

    private boolean isOurs(String mount) {
        return mount.contains(" " + folder + "/");
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(
                        process ->
                                process.info()
                                        .commandLine()
                                        .filter(line -> line.contains(folder + "/"))
                                        .isPresent())
                .toList();
    }

    // What a nameless folder's "/source" would be.
    private static List<Boolean> atTheRoot() {
        return List.of(Files.exists(Path.of("/source")), Files.exists(Path.of("/mount")));
    }
}
