package org.fusedpcap.it.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A container with the product and the tools, for one case. It has no network but what is made in
 * it. Sources are in {@value #SRC}, shown on {@value #MNT}; tools leave what they got in {@value
 * #GOT} and what they say in {@value #LOG}. For one thread.
 */
public final class Machine implements AutoCloseable {

    /** The source directory. */
    public static final String SRC = "/work/src";

    /** The mount point. */
    public static final String MNT = "/work/mnt";

    /** Where tools write to. */
    public static final String GOT = "/work/got";

    /** Where the output of tools is kept. */
    public static final String LOG = "/work/log";

    private static final Capability[] CAPABILITIES = {
        // To mount, and to make network interfaces.
        Capability.SYS_ADMIN,
        Capability.NET_ADMIN,
        // For netsniff-ng, whose ring may not be swapped out.
        Capability.IPC_LOCK,
        // To see how far readers are that gave up being root.
        Capability.SYS_PTRACE,
    };

    private static final int COMMAND_SECONDS = 150;
    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(30);

    private static final List<String> PROCESSES = List.of("ps", "-eo", "pid=,ppid=,stat=,args=");

    // What keeps the container alive, and those who look.
    private static final Pattern OURS =
            Pattern.compile(
                    "\\s*\\d+\\s+\\d+\\s+\\S+\\s+"
                            + "(bash -c trap|sleep infinity|(timeout -s KILL \\d+ )?ps -eo).*");

    private final GenericContainer<?> container;
    private final Path folder;

    private Machine(GenericContainer<?> container, Path folder) {
        this.container = container;
        this.folder = folder;
    }

    /**
     * Starts one.
     *
     * @param image name of an image
     * @param title name of a folder for its files on our side, emptied now
     */
    static Machine start(String image, String title) {
        Path folder = Path.of(System.getProperty("fusedpcap.cases")).resolve(title);
        try {
            FileUtils.deleteDirectory(folder.toFile());
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GenericContainer<?> container =
                new GenericContainer<>(DockerImageName.parse(image))
                        .withNetworkMode("none")
                        .withLabels(ProductImage.LABEL)
                        .withCreateContainerCmdModifier(
                                command ->
                                        command.getHostConfig()
                                                .withDevices(Device.parse("/dev/fuse"))
                                                .withCapAdd(CAPABILITIES)
                                                .withSecurityOpts(List.of("apparmor:unconfined")));
        container.start();
        return new Machine(container, folder);
    }

    /** A folder of this case on our side. */
    public Path folder() {
        return folder;
    }

    String id() {
        return container.getContainerId();
    }

    /** Runs a command to its good end, and gives what it wrote to its standard output. */
    public String run(String... command) {
        ExecResult result = tryRun(command);
        assertThat(result.getExitCode())
                .as("exit code of %s: %s", String.join(" ", command), result.getStderr())
                .isZero();
        return result.getStdout();
    }

    /** Runs a script of the shell to its good end. */
    public String sh(String script) {
        return run("bash", "-euc", script);
    }

    /** Runs a command to whatever end. */
    public ExecResult tryRun(String... command) {
        String[] limited =
                Stream.concat(
                                Stream.of("timeout", "-s", "KILL", String.valueOf(COMMAND_SECONDS)),
                                Stream.of(command))
                        .toArray(String[]::new);
        try {
            ExecResult result = container.execInContainer(limited);
            note(command, result);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void note(String[] command, ExecResult result) throws IOException {
        Files.writeString(
                folder.resolve("commands.log"),
                "$ %s%n%s%s(exit code %d)%n"
                        .formatted(
                                String.join(" ", command),
                                result.getStdout(),
                                result.getStderr(),
                                result.getExitCode()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /**
     * Starts a program in the background.
     *
     * @param name what its log files begin with, of its own
     */
    public Program start(String name, String... command) {
        String[] all =
                Stream.concat(Stream.of("in-background", name), Stream.of(command))
                        .toArray(String[]::new);
        return new Program(this, name, Long.parseLong(run(all).strip()));
    }

    /** Mounts {@link #SRC} on {@link #MNT} with options, which may be none. */
    public void mount(String options) {
        String[] plain = {"mount", "-t", "pcap", SRC, MNT};
        run(
                options.isEmpty()
                        ? plain
                        : Stream.concat(Stream.of(plain), Stream.of("-o", options))
                                .toArray(String[]::new));
    }

    /** Takes the mount away. */
    public void unmount() {
        run("umount", MNT);
    }

    /** Has followed streams end after a segment. */
    public void endAfter(String segment) {
        sh("echo '" + segment + "' > " + MNT + "/.end");
    }

    /** Copies the files of a folder of ours into one of its. */
    public void put(Path from, String to) {
        container.copyFileToContainer(MountableFile.forHostPath(from), to);
    }

    /** Copies a file that a tool wrote into our folder of this case, under the same name. */
    public Path fetch(String path) {
        Path copy = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
        container.copyFileFromContainer(path, copy.toString());
        return copy;
    }

    /** Says no when there is a mount or a process that should be gone. */
    public void assertNothingIsLeft() {
        await().atMost(LEFTOVER_LIMIT)
                .untilAsserted(
                        () -> {
                            assertThat(sh("grep fuse.pcap /proc/mounts || :")).isEmpty();
                            assertThat(others()).isEmpty();
                        });
    }

    // Looked through here: a filter in there would see itself.
    private List<String> others() {
        return run(PROCESSES.toArray(String[]::new))
                .lines()
                .filter(line -> !OURS.matcher(line).matches())
                .toList();
    }

    /** Copies all logs into our folder. */
    void saveLogs() {
        sh("tar -C / -cf /work/logs.tar work/log var/log/fused-pcap 2>/dev/null || :");
        fetch("/work/logs.tar");
    }

    /** Ends it, whatever runs in it. */
    @Override
    public void close() {
        String id = id();
        container.stop();
        List<Container> left =
                DockerClientFactory.lazyClient().listContainersCmd().withShowAll(true).exec();
        assertThat(left).extracting(Container::getId).doesNotContain(id);
    }
}
