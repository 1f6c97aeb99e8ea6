package org.fusedpcap.fs.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code status}: prints what mounts say of themselves. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the open streams of one mount, or of all.")
final class StatusCommand implements Callable<Integer> {

    private static final String FILE = ".status";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MNT",
            description = "Where it is mounted; all mounts if left out.")
    private Optional<String> mountPoint = Optional.empty();

    @Spec private CommandSpec spec;

    /** Made by picocli. */
    StatusCommand() {}

    @Override
    public Integer call() throws CommandException {
        PrintWriter out = spec.commandLine().getOut();
        for (Path place : places()) {
            out.print(read(place));
        }
        out.flush();
        return ExitCode.OK;
    }

    private List<Path> places() throws CommandException {
        if (mountPoint.isPresent()) {
            return List.of(MountPoint.find(mountPoint.get()));
        }
        return MountTable.read().ours().stream().map(MountTable.Entry::mountPoint).toList();
    }

    private static String read(Path place) throws CommandException {
        try {
            return Files.readString(place.resolve(FILE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandException.mountFailed(place.resolve(FILE) + ": " + Errors.reason(e));
        }
    }
}
