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
    private final Path folder;

    /**
     * @param folder for output, logs and caches
     */
    Script(Path folder) {
        this.folder = folder;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("FUSED_PCAP_CLASS_PATH", System.getProperty("java.class.path"));
    }

    /** What came of it. */
    record Result(int exitCode, List<String> out, List<String> err) {}

    /** With another value in its environment. */
    Script with(String name, String value) {
        environment.put(name, value);
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
        List<String> command = new ArrayList<>(List.of(ROOT.resolve(script).toString()));
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
