package org.fusedpcap.fs.cli;

/**
 * How a failed command ends.
 *
 * @param exitCode one of {@link ExitCode}
 * @param line what the user reads
 */
record Failure(int exitCode, String line) {

    /**
     * @param command the command's name
     * @param cause why it failed; if it is no {@link CommandException}, it is a fault of ours
     */
    static Failure of(String command, Throwable cause) {
        if (cause instanceof CommandException known) {
            return new Failure(
                    known.exitCode(), Errors.oneLine(command + ": " + known.getMessage()));
        }
        return new Failure(
                ExitCode.INTERNAL, Errors.oneLine(command + ": internal error: " + cause));
    }
}
