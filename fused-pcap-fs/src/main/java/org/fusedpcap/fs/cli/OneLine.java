package org.fusedpcap.fs.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Has picocli put every failure into one line on the standard error, and into an exit code. */
final class OneLine {

    private OneLine() {}

    static int wrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String line = name + ": " + wrong.getMessage() + " (" + name + " --help shows how)";
        command.getErr().println(Errors.oneLine(line));
        return ExitCode.USAGE;
    }

    static int failure(Exception cause, CommandLine command, ParseResult parsed) {
        Failure failure = Failure.of(command.getCommandSpec().qualifiedName(), cause);
        command.getErr().println(failure.line());
        return failure.exitCode();
    }
}
