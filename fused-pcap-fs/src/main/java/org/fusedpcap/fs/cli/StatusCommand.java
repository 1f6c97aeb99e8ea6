package org.fusedpcap.fs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code status}: shows what mounts say of themselves. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows the open streams of one mount, or of all.",
            "On a terminal it shows them live, until q or Ctrl-C; else it prints them once."
        })
final class StatusCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MNT",
            description = "Where it is mounted; all mounts if left out.")
    private Optional<String> mountPoint = Optional.empty();

    @Option(
            names = {"-1", "--once"},
            description = "Print them once, also on a terminal.")
    private boolean once;

    @Spec private CommandSpec spec;

    /** Made by picocli. */
    StatusCommand() {}

    @Override
    public Integer call() throws CommandException {
        List<Path> places = places();
        if (!once && StandardStreams.areTerminal()) {
            new LiveStatus(this::places).show();
        } else {
            print(places);
        }
        return ExitCode.OK;
    }

    private List<Path> places() throws CommandException {
        if (mountPoint.isPresent()) {
            return List.of(MountPoint.find(mountPoint.get()));
        }
        return MountTable.read().ours().stream().map(MountTable.Entry::mountPoint).toList();
    }

    /** Prints all that answer, and fails for the first one that does not. */
    private void print(List<Path> places) throws CommandException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<CommandException> failed = Optional.empty();
        String between = "";
        for (Path place : places) {
            try {
                String text = StatusFile.read(place);
                out.print(between + text);
                between = "\n";
            } catch (CommandException e) {
                failed = failed.or(() -> Optional.of(e));
            }
        }
        out.flush();
        if (failed.isPresent()) {
            throw failed.get();
        }
    }
}
