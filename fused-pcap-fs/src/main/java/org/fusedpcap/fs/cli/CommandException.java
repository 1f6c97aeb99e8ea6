package org.fusedpcap.fs.cli;

/** Ends a command; the message is the one line that the user reads. */
public final class CommandException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param message what is wrong, in one line, without the program's name
     */
    public CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A failure of the kind {@link ExitCode#MOUNT_FAILED}. */
    static CommandException mountFailed(String message) {
        return new CommandException(ExitCode.MOUNT_FAILED, message);
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
