package org.fusedpcap.fs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code generate} in the list of commands. It is a program of the test kit's, which this module
 * does not know; the launcher starts it.
 */
@Command(name = "generate", description = "Writes rolling captures, as a capture program does.")
final class GenerateCommand implements Callable<Integer> {

    /** Made by picocli. */
    GenerateCommand() {}

    @Override
    public Integer call() throws CommandException {
        throw new CommandException(
                ExitCode.INTERNAL, "is not in this class path; use the launcher");
    }
}
