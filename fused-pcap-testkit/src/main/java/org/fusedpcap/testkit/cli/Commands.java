package org.fusedpcap.testkit.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs a command with one-line errors. */
final class Commands {

    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private Commands() {}

    /** Runs a command as a program of its own and ends the JVM with its exit status. */
    static void main(Object command, String... arguments) {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "org/fusedpcap/testkit/cli/logback.xml");
        }
        // Before there are other threads, which would find it half made.
        LoggerFactory.getILoggerFactory();
        System.exit(line(command).execute(arguments));
    }

    static CommandLine line(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Commands::complain);
    }

    private static int complain(ParameterException e, String... arguments) {
        CommandLine line = e.getCommandLine();
        String name = line.getCommandName();
        line.getErr().println(name + ": " + e.getMessage() + " (see " + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    /** Why the system refused, in its own words. */
    static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
    }
}
