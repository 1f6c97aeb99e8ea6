package org.fusedpcap.fs.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Puts every failure into one line on the standard error, and into an {@link ExitCode}. */
final class OneLine {

    private OneLine() {}

    static int wrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(command, name + ": " + wrong.getMessage() + " (" + name + " --help shows how)");
        return ExitCode.USAGE;
    }

    static int failure(Exception failure, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        if (failure instanceof CommandException known) {
            say(command, name + ": " + known.getMessage());
            return known.exitCode();
        }
        say(command, name + ": internal error: " + failure);
        return ExitCode.INTERNAL;
    }

    private static void say(CommandLine command, String line) {
        command.getErr().println(Errors.oneLine(line));
    }
}
