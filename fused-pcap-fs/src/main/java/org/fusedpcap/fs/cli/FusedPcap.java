package org.fusedpcap.fs.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program. The launchers in the root folder start it: they choose the JVM, put a mount in the
 * background and wait for it to answer.
 */
@Command(
        name = FusedPcap.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows a directory of rolling packet captures as one endless capture file.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            MountCommand.class,
            UmountCommand.class,
            StatusCommand.class,
            GenerateCommand.class
        })
public final class FusedPcap implements Runnable {

    static final String NAME = "fused-pcap";

    @Spec private CommandSpec spec;

    /** Made by {@link #commandLine}. */
    FusedPcap() {}

    /** Runs one command and ends the JVM with its {@link ExitCode}. */
    public static void main(String... arguments) {
        System.exit(commandLine(new FuseFileSystems()).execute(arguments));
    }

    /**
     * The commands, ready to be executed.
     *
     * @param fileSystems what {@code mount} mounts
     */
    static CommandLine commandLine(FileSystems fileSystems) {
        CommandLine commands = new CommandLine(new FusedPcap(), new CommandFactory(fileSystems));
        commands.setParameterExceptionHandler(OneLine::wrongUsage);
        commands.setExecutionExceptionHandler(OneLine::failure);
        commands.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        commands.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
