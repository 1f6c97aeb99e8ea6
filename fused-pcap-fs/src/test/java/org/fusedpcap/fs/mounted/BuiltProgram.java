package org.fusedpcap.fs.mounted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program as the build leaves it in {@code target}, and how the launcher starts it. */
final class BuiltProgram {

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final String MAIN_CLASS = "org.fusedpcap.fs.cli.FusedPcap";

    private BuiltProgram() {}

    /**
     * The command line that serves a mount in the foreground of its own process.
     *
     * @param options as behind {@code -o}
     */
    static List<String> serve(Path source, Path mountPoint, String options) {
        List<String> command = new ArrayList<>(virtualMachine());
        command.addAll(List.of(MAIN_CLASS, "mount", "-o", options));
        command.addAll(List.of(source.toString(), mountPoint.toString()));
        return command;
    }

    /** The command line that shows the status of mounts. */
    static List<String> status(String... arguments) {
        List<String> command = new ArrayList<>(virtualMachine());
        command.addAll(List.of(MAIN_CLASS, "status"));
        command.addAll(List.of(arguments));
        return command;
    }

    // The same bounds as in scripts/java.sh, so that what is measured here holds there.
    private static List<String> virtualMachine() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms16m",
                "-Xmx64m",
                "-Xss512k",
                "-XX:MaxDirectMemorySize=64g",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:TrimNativeHeapInterval=60000",
                "-Xlog:disable",
                "-Dfile.encoding=UTF-8",
                "-Dsun.jnu.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath());
    }

    private static String classPath() {
        Path target = MODULE.resolve("target");
        return Stream.concat(jars(target), jars(target.resolve("lib")))
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }

    private static Stream<Path> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
