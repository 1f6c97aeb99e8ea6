package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the scripts of the root folder as a user does, with the classes under test. */
final class Script {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
    private static final int LIMIT_SECONDS = 120;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> prefix = new ArrayList<>();
    private final Path folder;
    private final Path root;

    /**
     * @param folder for output, logs and caches
     */
    Script(Path folder) {
        this(folder, ROOT);
        environment.put("FUSED_PCAP_CLASS_PATH", System.getProperty("java.class.path"));
    }

    private Script(Path folder, Path root) {
        this.folder = folder;
        this.root = root;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /**
     * Scripts of an installed copy, which run what is in it.
     *
     * @param folder for output, logs and caches
     * @param copy the copy's root folder
     */
    static Script installed(Path folder, Path copy) {
        return new Script(folder, copy);
    }

    /** What came of it. */
    record Result(int exitCode, List<String> out, List<String> err) {}

    /** With another value in its environment. */
    Script with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * Where the machine is another one: in a mount namespace of its own, and as its root.
     *
     * @param line shell that makes the difference
     */
    Script where(String line) {
        prefix.addAll(
                List.of(
                        "unshare",
                        "--map-root-user",
                        "--mount",
                        "bash",
                        "-ec",
                        line + "; exec \"$@\"",
                        "--"));
        return this;
    }

    /** With a session, and so a process group, of its own; its number is the process's. */
    Script inItsOwnSession() {
        prefix.add("setsid");
        return this;
    }

    /** Runs a script to its end; what it started may go on. */
    Result run(String script, String... arguments) throws IOException, InterruptedException {
        Process process = start(script, arguments);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(script + " does not end");
        }
        return new Result(
                process.exitValue(),
                Files.readAllLines(folder.resolve("out")),
                Files.readAllLines(folder.resolve("err")));
    }

    /** Starts a script, its output in files and no input. */
    Process start(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(root.resolve(script).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(folder.resolve("out").toFile());
        builder.redirectError(folder.resolve("err").toFile());
        return builder.start();
    }
}
