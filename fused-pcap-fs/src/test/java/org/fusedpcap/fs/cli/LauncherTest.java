package org.fusedpcap.fs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fusedpcap.fs.cli.Script.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launchers, with real mounts. */
class LauncherTest {

    /** A machine without FUSE in its kernel, or a container that was not given the device. */
    static final String WITHOUT_DEVICE =
            "cd /dev; mount -t tmpfs -o mode=755 none /dev; for file in null urandom; do"
                    + " touch /dev/$file; mount -c --bind ./$file /dev/$file; done;"
                    + " ln -s /proc/self/fd /dev/fd; cd /";

    private static final String WITHOUT_LIBRARY =
            "ldconfig -p | sed -n 's/.*libfuse\\.so\\.2 .* => //p' | while read -r file;"
                    + " do mount --bind /dev/null \"$(readlink -f -- \"$file\")\"; done";

    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir private Path folder;
    private Path source;
    private Path mountPoint;
    private Path log;
    private String options;

    @BeforeEach
    void makeFolders() throws IOException {
        Path real = folder.toRealPath();
        source = Files.createDirectory(real.resolve("the source"));
        mountPoint = Files.createDirectory(real.resolve("mount\npoint"));
        log = real.resolve("x.log");
        options = "log=" + log;
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (isMounted()) {
            script().run("fused-pcap", "umount", "--force", mountPoint.toString());
        }
        assertThat(isMounted()).isFalse();
        assertThat(Daemons.serving(mountPoint)).isEmpty();
    }

    @Test
    void shouldComeBackWhenTheMountAnswersAndLeaveNothingAfterUmount() throws Exception {
        Result mount = mount();
        assertThat(mount).isEqualTo(new Result(ExitCode.OK, List.of(), List.of()));
        assertThat(isMounted()).isTrue();
        assertThat(log).content().contains("mounting " + source + " on");
        Result umount = script().run("fused-pcap", "umount", mountPoint.toString());
        assertThat(umount).isEqualTo(new Result(ExitCode.OK, List.of(), List.of()));
        assertThat(isMounted()).isFalse();
        assertThat(Daemons.serving(mountPoint)).isEmpty();
    }

    @Test
    void shouldTakeTheArgumentsOfMount8() throws Exception {
        Result mount =
                script().run(
                                "mount.pcap",
                                source.toString(),
                                mountPoint.toString(),
                                "-sn",
                                "-v",
                                "-t",
                                "pcap",
                                "-o",
                                options);
        assertThat(mount.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(mount.err())
                .allSatisfy(line -> assertThat(line).startsWith("mount.pcap: "))
                .anySatisfy(line -> assertThat(line).endsWith("logging to " + log));
        assertThat(isMounted()).isTrue();
    }

    @Test
    void shouldCheckButNotMountWhenFaking() throws Exception {
        String place = mountPoint.toString();
        assertThat(script().run("mount.pcap", "-f", source.toString(), place))
                .isEqualTo(new Result(ExitCode.OK, List.of(), List.of()));
        assertFails(
                script().run("mount.pcap", "-f", folder + "/none", place), ExitCode.MOUNT_FAILED);
    }

    @Test
    void shouldSayThatItIsMountedAlready() throws Exception {
        mount();
        assertThat(assertFails(mount(), ExitCode.MOUNT_FAILED))
                .endsWith(source + " is mounted there already");
        assertThat(isMounted()).isTrue();
    }

    @Test
    void shouldLeaveALiveMountAloneWhenAnotherStartIsInterrupted() throws Exception {
        mount();
        ProcessHandle daemon = daemon().orElseThrow();
        Process second =
                script().start("mount.pcap", source.toString(), mountPoint.toString(), "-v");
        second.destroy();
        assertThat(second.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isNotEqualTo(ExitCode.OK);
        assertThat(isMounted()).isTrue();
        assertThat(daemon()).contains(daemon);
    }

    @Test
    void shouldReplaceADeadMount() throws Exception {
        mount();
        daemon().orElseThrow().destroyForcibly();
        await().atMost(LIMIT).until(() -> daemon().isEmpty());
        assertThat(isMounted()).isTrue();
        assertThat(mount().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(daemon()).isPresent();
    }

    @Test
    void shouldTakeADeadMountAway() throws Exception {
        mount();
        daemon().orElseThrow().destroyForcibly();
        await().atMost(LIMIT).until(() -> daemon().isEmpty());
        assertThat(script().run("fused-pcap", "umount", mountPoint.toString()).exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(isMounted()).isFalse();
    }

    @Test
    void shouldEndInOrderWhenToldTo() throws Exception {
        mount();
        daemon().orElseThrow().destroy();
        await().atMost(LIMIT).until(() -> daemon().isEmpty() && !isMounted());
        assertThat(log).content().contains("told to stop");
    }

    @Test
    void shouldServeFromTheForegroundUntilToldToEnd() throws Exception {
        Process command =
                script().start(
                                "fused-pcap",
                                "mount",
                                "-f",
                                source.toString(),
                                mountPoint.toString());
        await().atMost(LIMIT).until(this::isMounted);
        command.destroy();
        assertThat(command.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(command.exitValue()).isEqualTo(ExitCode.OK);
        assertThat(folder.resolve("err")).content().contains("told to stop");
    }

    @Test
    void shouldHideWhatIsInTheMountPoint() throws Exception {
        Files.createFile(mountPoint.resolve("hidden"));
        assertThat(mount().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(mountPoint.resolve("hidden")).doesNotExist();
    }

    @Test
    void shouldPassOnWhatLibfuseComplainsOf() throws Exception {
        Result mount = mount("max_read=1", "fsname=x", "context=\"a_b_c\"");
        assertFails(mount, ExitCode.MOUNT_FAILED);
        assertThat(isMounted()).isFalse();
    }

    @Test
    void shouldSayWhichJavaIsMissing() throws Exception {
        Result mount =
                script().with("JAVA_HOME", folder + "/none")
                        .run("mount.pcap", source.toString(), mountPoint.toString());
        assertThat(assertFails(mount, ExitCode.SYSTEM)).contains("/none");
    }

    @Test
    void shouldSayWhatToInstallWithoutTheLibrary() throws Exception {
        Result mount = mount(script().where(WITHOUT_LIBRARY));
        assertThat(assertFails(mount, ExitCode.SYSTEM))
                .startsWith("mount.pcap: cannot load libfuse 2: ")
                .endsWith(" (apt-get install libfuse2 fuse3)");
    }

    @Test
    void shouldSayThatTheDeviceIsMissing() throws Exception {
        Result mount = mount(script().where(WITHOUT_DEVICE));
        assertThat(assertFails(mount, ExitCode.SYSTEM))
                .startsWith("mount.pcap: there is no /dev/fuse here");
    }

    @Test
    void shouldNotTakeADaemonThatEndedWhileItStartedForAMount() throws Exception {
        Path java = javaThatEndsAtOnce();
        assertFails(mount(script().with("JAVA_HOME", java.toString())), ExitCode.MOUNT_FAILED);
    }

    /** As does the real one that is told to stop before it has mounted. */
    private Path javaThatEndsAtOnce() throws IOException {
        Path home = folder.resolve("java");
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(home.resolve("release"), "JAVA_RUNTIME_VERSION=\"17\"\n");
        Files.writeString(program, "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    @Test
    void shouldExplainWrongUsage() throws Exception {
        assertFails(script().run("mount.pcap", source.toString()), ExitCode.USAGE);
        assertFails(script().run("mount.pcap", "-x", "a", "b"), ExitCode.USAGE);
        assertFails(script().run("mount.pcap", "a", "b", "-o"), ExitCode.USAGE);
        assertFails(script().run("fused-pcap", "nothing"), ExitCode.USAGE);
        assertThat(script().run("mount.pcap", "--help").out()).isNotEmpty();
    }

    @Test
    void shouldEndTheDaemonOfTheMountThatIsThereNow() throws Exception {
        mount();
        ProcessHandle old = daemon().orElseThrow();
        try (InputStream inUse = Files.newInputStream(mountPoint.resolve(".status"))) {
            assertThat(script().run("fused-pcap", "umount", "--lazy", mountPoint.toString()).err())
                    .isEmpty();
            assertThat(isMounted()).isFalse();
            mount();
            assertThat(daemon().orElseThrow()).isNotEqualTo(old);

            Result umount = script().run("fused-pcap", "umount", mountPoint.toString());

            assertThat(umount).isEqualTo(new Result(ExitCode.OK, List.of(), List.of()));
            assertThat(inUse.read()).isNotNegative();
        }
        await().atMost(LIMIT).until(() -> !Daemons.serves(old, mountPoint));
    }

    private Script script() {
        return new Script(folder);
    }

    private Result mount(String... more) throws IOException, InterruptedException {
        return mount(script(), more);
    }

    private Result mount(Script script, String... more) throws IOException, InterruptedException {
        String all = String.join(",", List.of(options, String.join(",", more)));
        return script.run("mount.pcap", source.toString(), mountPoint.toString(), "-o", all);
    }

    private boolean isMounted() throws CommandException {
        return MountTable.read().oursAt(mountPoint).isPresent();
    }

    private Optional<ProcessHandle> daemon() throws CommandException {
        return Daemons.serving(mountPoint);
    }

    private static String assertFails(Result result, int exitCode) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasSize(1);
        return result.err().get(0);
    }
}
